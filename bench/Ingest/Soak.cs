using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EndToEnd.Tests;
using Shared;

namespace Ingest;

/// <summary>
/// Uploads without a pause for minutes on end, a third of it copies, and deletes what is old, from the bucket and from
/// quarantine, so that memory can be seen to stay flat: throughput, latency and memory, minute by minute.
/// </summary>
internal static class Soak
{
    private const int Uploaders = 6;

    /// <summary>Uploads that are kept: Azurite becomes slower with what it holds, and a growing bucket would measure that.</summary>
    private const int Kept = 300;

    /// <summary>Clients that ask all the time would be measured themselves.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(int minutes)
    {
        await using var stack = await RunningStack.StartAsync();
        using var client = new UploadClient(stack);

        // The Functions host starts one process: the app.
        var app = ProcessTree.Of(stack.File.Processes.FunctionsHost)[1];
        var watch = Stopwatch.StartNew();
        var times = new ConcurrentQueue<(TimeSpan At, double Milliseconds)>();
        var uploaded = new ConcurrentQueue<string>();
        var number = 0;
        var uploaders = Enumerable
            .Range(0, Uploaders)
            .Select(async _ =>
            {
                while (watch.Elapsed < TimeSpan.FromMinutes(minutes))
                {
                    // Every third is the picture of two before it, in other bytes.
                    var next = Interlocked.Increment(ref number);
                    var picture = next % 3 == 0 ? Picture.Scene(next - 2, 800, 600).Jpeg(60) : Picture.Scene(next, 800, 600).Jpeg(88);
                    var name = $"soak/{next % 100}/{next}.jpg";
                    var time = await client.UploadAndWaitAsync(name, picture, Poll);
                    times.Enqueue((watch.Elapsed, time.TotalMilliseconds));
                    uploaded.Enqueue(name);
                    if (uploaded.Count > Kept && uploaded.TryDequeue(out var old))
                    {
                        await client.DeleteAsync(old);
                    }
                }
            })
            .ToList();

        Console.WriteLine(RunningStack.Machine);
        Console.WriteLine("minute  images/s  p50 ms  p95 ms  app MiB  host MiB");
        for (var minute = 1; minute <= minutes; minute++)
        {
            await Task.WhenAny(Task.Delay(TimeSpan.FromMinutes(minute) - watch.Elapsed), Task.WhenAll(uploaders));
            var within = times
                .Where(time => time.At.TotalMinutes > minute - 1 && time.At.TotalMinutes <= minute)
                .Select(time => time.Milliseconds)
                .ToList();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{minute, 6}  {within.Count / 60.0, 8:0.0}  {Percentiles.Of(within, 50), 6:0}  {Percentiles.Of(within, 95), 6:0}  "
                        + $"{MebibytesOf(app), 7:0}  {MebibytesOf(stack.File.Processes.FunctionsHost), 8:0}"
                )
            );
        }

        await Task.WhenAll(uploaders);
        using var http = new HttpClient { BaseAddress = stack.File.Url };
        using var started = await http.PostAsync("/api/reconcile?dryRun=true", null);
        var report = JsonElement.Parse(await started.Content.ReadAsStringAsync());
        while (report.GetProperty("status").GetString() == "running")
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            report = JsonElement.Parse(await http.GetStringAsync($"/api/reconcile/{report.GetProperty("id").GetString()}"));
        }

        var whole = times.Select(time => time.Milliseconds).ToList();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"whole   {whole.Count / watch.Elapsed.TotalSeconds, 8:0.0}  {Percentiles.Of(whole, 50), 6:0}  "
                    + $"{Percentiles.Of(whole, 95), 6:0}   {whole.Count} images, all but the last {Kept} deleted again; "
                    + $"{report.GetProperty("found").GetInt32()} differences between bucket, index and ledger"
            )
        );
        await stack.StopAsync();
    }

    private static double MebibytesOf(int process)
    {
        using var running = Process.GetProcessById(process);
        return running.WorkingSet64 / 1048576.0;
    }
}
