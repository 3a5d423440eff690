using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Functions.Tests.Hostile;
using Shared;

namespace Ingest;

/// <summary>
/// Ordinary uploads and searches by picture, one after the other, first alone and then while bombs are uploaded and searched
/// with without a pause: what the ones feel of the others.
/// </summary>
internal static class Bombs
{
    private const int Innocents = 60;
    private const int Bombers = 4;

    public static async Task RunAsync()
    {
        await using var stack = await RunningStack.StartAsync();
        using var client = new UploadClient(stack);
        using var http = new HttpClient { BaseAddress = stack.File.Url, Timeout = TimeSpan.FromMinutes(5) };
        var bombs = new Dictionary<string, byte[]>
        {
            ["100 megapixels in 100 scans.jpg"] = HeavyFiles.Scans(99),
            ["100 megapixels in 20,000 scans.jpg"] = HeavyFiles.Scans(20_000),
            ["100 megapixels in one strip.tif"] = HeavyFiles.Strip(),
            ["200 texts of 50 MB.png"] = HeavyFiles.Texts(200, 50),
        };
        for (var index = 0; index < 5; index++)
        {
            await MeasureAsync(client, http, $"warm/{index}.jpg", index);
        }

        var idle = await RunAsync(client, http, "idle", 1_000);
        using var stop = new CancellationTokenSource();
        var sent = new int[bombs.Count];
        var answers = new List<double>();
        var bombers = Enumerable.Range(0, Bombers).Select(async bomber =>
        {
            for (var number = bomber; !stop.IsCancellationRequested; number++)
            {
                var (name, bytes) = bombs.ElementAt(number % bombs.Count);
                var started = Stopwatch.GetTimestamp();
                if (bomber % 2 == 0)
                {
                    using var answer = await PostAsync(http, bytes);
                }
                else
                {
                    await client.UploadAndWaitAsync($"bombs/{bomber}/{number}{Path.GetExtension(name)}", bytes, TimeSpan.FromMilliseconds(100));
                }

                lock (answers)
                {
                    sent[number % bombs.Count]++;
                    answers.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
                }
            }
        }).ToList();
        var under = await RunAsync(client, http, "under", 2_000);
        await stop.CancelAsync();
        await Task.WhenAll(bombers);
        Console.WriteLine(RunningStack.Machine);
        Console.WriteLine($"{Innocents} uploads and {Innocents} searches by a picture of 1200 x 900, one at a time, alone and beside {Bombers} clients that send bombs");
        Print("upload to record", idle.Uploads, under.Uploads);
        Print("search by picture", idle.Searches, under.Searches);
        foreach (var ((name, bytes), count) in bombs.Zip(sent))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,5} of {name} ({bytes.Length / 1024:0} KiB)"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a bomb was judged or answered after {Percentiles.Of(answers, 50):0.0} s (median), {answers.Max():0.0} s (longest)"));
        await stack.StopAsync();
    }

    private static async Task<(List<double> Uploads, List<double> Searches)> RunAsync(UploadClient client, HttpClient http, string folder, int seed)
    {
        var (uploads, searches) = (new List<double>(), new List<double>());
        for (var index = 0; index < Innocents; index++)
        {
            var (upload, search) = await MeasureAsync(client, http, $"{folder}/{index}.jpg", seed + index);
            uploads.Add(upload);
            searches.Add(search);
        }

        return (uploads, searches);
    }

    private static async Task<(double Upload, double Search)> MeasureAsync(UploadClient client, HttpClient http, string name, int seed)
    {
        var picture = Picture.Scene(seed, 1200, 900).Jpeg(88);
        var upload = await client.UploadAndWaitAsync(name, picture);
        var started = Stopwatch.GetTimestamp();
        using var answer = await PostAsync(http, picture);
        answer.EnsureSuccessStatusCode();
        return (upload.TotalMilliseconds, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, byte[] bytes)
    {
        using var body = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        return await http.PostAsync("/api/search", body);
    }

    private static void Print(string what, List<double> alone, List<double> beside) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-18} alone p50 {Percentiles.Of(alone, 50),5:0} ms, p95 {Percentiles.Of(alone, 95),5:0} ms; beside bombs p50 {Percentiles.Of(beside, 50),5:0} ms, p95 {Percentiles.Of(beside, 95),5:0} ms ({Percentiles.Of(beside, 95) / Percentiles.Of(alone, 95):0.0} times)"));
}
