using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Blobs;
using Shared;

namespace Ingest;

/// <summary>
/// Whether an upload is noticed as fast in a bucket of thousands as in an empty one, and whether each of thousands is noticed at all,
/// with nothing that would find it later: the time from the end of an upload to its record, before and after. What fills the bucket is
/// no picture, and gets its verdict (rejected) without the work on one.
/// </summary>
internal static class Crowded
{
    private const int Singles = 50;
    private const int Together = 8;
    private const int AskedTogether = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>None came for so long: none will.</summary>
    private static readonly TimeSpan Standstill = TimeSpan.FromMinutes(3);

    public static async Task RunAsync(int uploads)
    {
        await using var stack = await RunningStack.StartAsync();
        using var client = new UploadClient(stack);
        for (var index = 0; index < 5; index++)
        {
            await client.UploadAndWaitAsync($"warm/{index}.jpg", Drawn(index));
        }

        var empty = await SinglesAsync(client, "empty", 0);
        var watch = Stopwatch.StartNew();
        var images = new BlobContainerClient(stack.File.Storage.ConnectionString, stack.File.Storage.Images);
        var upload = new List<double>();
        await Parallel.ForAsync(
            0,
            uploads,
            new ParallelOptions { MaxDegreeOfParallelism = Together },
            async (index, cancellation) =>
            {
                var content = BinaryData.FromString($"no picture, number {index}");
                var started = Stopwatch.GetTimestamp();
                await images.GetBlobClient(Name(index)).UploadAsync(content, overwrite: true, cancellation);
                lock (upload)
                {
                    upload.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }
        );
        var uploaded = watch.Elapsed;
        var lost = await UnjudgedAsync(stack, uploads);
        var judged = watch.Elapsed;
        var full = await SinglesAsync(client, "full", 500);

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {RunningStack.Machine}
                upload to record,     0 blobs   p50 {Percentiles.Of(empty, 50):0} ms, p95 {Percentiles.Of(
                    empty,
                    95
                ):0} ms  ({Singles} uploads, one at a time)
                upload to record, {uploads, 5} blobs   p50 {Percentiles.Of(full, 50):0} ms, p95 {Percentiles.Of(full, 95):0} ms
                {uploads} uploads, {Together} at a time   {uploaded.TotalSeconds:0} s; an upload itself p50 {Percentiles.Of(
                    upload,
                    50
                ):0} ms, p95 {Percentiles.Of(upload, 95):0} ms
                all of them judged           after {judged.TotalSeconds:0} s
                lost                         {lost} of {uploads}
                """
            )
        );
        await stack.StopAsync();
    }

    private static async Task<List<double>> SinglesAsync(UploadClient client, string folder, int seed)
    {
        var times = new List<double>();
        for (var index = 0; index < Singles; index++)
        {
            times.Add((await client.UploadAndWaitAsync($"{folder}/{index}.jpg", Drawn(100_000 + seed + index))).TotalMilliseconds);
        }

        return times;
    }

    /// <summary>How many have no record once no more come.</summary>
    private static async Task<int> UnjudgedAsync(RunningStack stack, int uploads)
    {
        using var http = new HttpClient { BaseAddress = stack.File.Url };
        var open = Enumerable.Range(0, uploads).Select(index => $"{stack.File.Storage.Images}/{Name(index)}").ToList();
        var progress = Stopwatch.StartNew();
        while (open.Count > 0 && progress.Elapsed < Standstill)
        {
            var before = open.Count;
            foreach (var paths in open.Chunk(AskedTogether).ToList())
            {
                using var response = await http.PostAsJsonAsync("/api/images/lookup", new { paths });
                var answer = JsonElement
                    .Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync())
                    .GetProperty("images")
                    .EnumerateArray()
                    .ToList();
                var judged = paths.Where((_, at) => answer[at].GetProperty("image").ValueKind != JsonValueKind.Null).ToHashSet();
                open.RemoveAll(judged.Contains);
            }

            if (open.Count < before)
            {
                progress.Restart();
            }

            await Task.Delay(Pause);
        }

        return open.Count;
    }

    private static string Name(int index) => $"crowd/{index % 100:00}/{index}.jpg";

    private static byte[] Drawn(int seed) => Picture.Scene(seed, 240, 180).Jpeg();
}
