using System.Diagnostics;
using System.Globalization;
using Shared;

namespace Ingest;

/// <summary>
/// Ordinary uploads and searches by picture, one after the other, in turns alone and while bombs are uploaded and searched with
/// without a pause: what the ones feel of the others. In turns, because other work on the machine must not decide the ratio.
/// </summary>
internal static class Bombs
{
    private const int Rounds = 6;
    private const int Innocents = 12;
    private const int Bombers = 4;

    public static async Task RunAsync()
    {
        await using var stack = await RunningStack.StartAsync();
        using var client = new UploadClient(stack);
        using var http = new HttpClient { BaseAddress = stack.File.Url, Timeout = TimeSpan.FromMinutes(5) };
        var load = new BombLoad(client, http);
        for (var index = 0; index < 5; index++)
        {
            await MeasureAsync(client, http, $"warm/{index}.jpg", index);
        }

        var (alone, beside) = (new Times([], []), new Times([], []));
        for (var round = 0; round < Rounds; round++)
        {
            await MeasureAsync(client, http, $"alone/{round}", 1_000 + (round * Innocents), alone);
            using var stop = new CancellationTokenSource();
            var bombing = load.RunAsync(Bombers, stop.Token);
            await load.Begun;
            await MeasureAsync(client, http, $"beside/{round}", 2_000 + (round * Innocents), beside);
            await stop.CancelAsync();
            await bombing;
        }

        Console.WriteLine(RunningStack.Machine);
        Console.WriteLine(
            $"{Rounds * Innocents} uploads and as many searches by a picture of 1200 x 900, one at a time, alone and beside {Bombers} "
                + "clients that send bombs, in turns"
        );
        Print("upload to record", alone.Uploads, beside.Uploads);
        Print("search by picture", alone.Searches, beside.Searches);
        load.Print();
        await stack.StopAsync();
    }

    private static async Task MeasureAsync(UploadClient client, HttpClient http, string folder, int seed, Times times)
    {
        for (var index = 0; index < Innocents; index++)
        {
            var (upload, search) = await MeasureAsync(client, http, $"{folder}/{index}.jpg", seed + index);
            times.Uploads.Add(upload);
            times.Searches.Add(search);
        }
    }

    private static async Task<(double Upload, double Search)> MeasureAsync(UploadClient client, HttpClient http, string name, int seed)
    {
        var picture = Picture.Scene(seed, 1200, 900).Jpeg(88);
        var upload = await client.UploadAndWaitAsync(name, picture);
        var started = Stopwatch.GetTimestamp();
        using var answer = await BombLoad.SearchAsync(http, picture);
        answer.EnsureSuccessStatusCode();
        return (upload.TotalMilliseconds, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private static void Print(string what, List<double> alone, List<double> beside) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what, -18} alone p50 {Percentiles.Of(alone, 50), 5:0} ms, p95 {Percentiles.Of(alone, 95), 5:0} ms; beside bombs p50 "
                    + $"{Percentiles.Of(beside, 50), 5:0} ms, p95 {Percentiles.Of(beside, 95), 5:0} ms "
                    + $"({Percentiles.Of(beside, 95) / Percentiles.Of(alone, 95):0.0} times)"
            )
        );

    private sealed record Times(List<double> Uploads, List<double> Searches);
}
