using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ingest;

/// <summary>
/// What a search takes, by words and vector together and by vector alone, in turns in one run: HTTP, text tower and search service of the
/// whole local stack, over an index of made-up documents.
/// </summary>
internal static class SearchLatency
{
    private const int Batch = 500;
    private const int Warm = 200;
    private const int Rounds = 400;

    /// <summary>Five thousand made-up words, of which the second is half as frequent as the first, and so on, as in any language.</summary>
    private static readonly string[] Words =
    [
        .. Enumerable
            .Range(0, 5000)
            .Select(number =>
                string.Concat(
                    Enumerable
                        .Range(0, 2 + (number % 3))
                        .Select(part => $"{"bdfgklmnprstvz"[(number >> (part * 3)) % 14]}{"aeiou"[(number >> part) % 5]}")
                ) + (char)('a' + (number % 26))
            )
            .Distinct(),
    ];

    public static async Task RunAsync(int documents)
    {
        await using var stack = await RunningStack.StartAsync();
        await FillAsync(stack, documents);
        using var http = new HttpClient { BaseAddress = stack.File.Url };
        var random = new Random(3);
        var times = new Dictionary<string, List<double>>
        {
            ["vector"] = [],
            ["hybrid"] = [],
            ["words"] = [],
        };
        for (var round = -Warm; round < Rounds; round++)
        {
            var text =
                round % 4 == 0
                    ? $"IMG_{random.Next(documents)}"
                    : $"{Pick(random)} {Pick(random)}{(round % 2 == 0 ? $" {Pick(random)}" : "")}";
            foreach (var mode in times.Keys)
            {
                var started = Stopwatch.GetTimestamp();
                using var response = await http.GetAsync($"/api/search?mode={mode}&text={Uri.EscapeDataString(text)}");
                await response.Content.ReadAsByteArrayAsync();
                response.EnsureSuccessStatusCode();
                if (round >= 0)
                {
                    times[mode].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }
        }

        Console.WriteLine($"{documents:N0} documents, {Rounds} queries each, {RunningStack.Machine}");
        var baseline = Percentiles.Of(times["vector"], 50);
        foreach (var (mode, taken) in times)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{mode, -7} p50 {Percentiles.Of(taken, 50), 6:F1} ms ({Percentiles.Of(taken, 50) / baseline:F2} times vector), p95 "
                        + $"{Percentiles.Of(taken, 95), 6:F1} ms"
                )
            );
        }
    }

    /// <summary>Zipf's law: the logarithm of the rank is even.</summary>
    private static string Pick(Random random) => Words[(int)Math.Exp(random.NextDouble() * Math.Log(Words.Length))];

    private static async Task FillAsync(RunningStack stack, int documents)
    {
        var (random, dimensions) = (new Random(1), await DimensionsAsync(stack));
        using var handler = new HttpClientHandler
        {
            // Only this stack's own certificate, on this machine.
            ServerCertificateCustomValidationCallback = (request, _, _, _) => request.RequestUri!.IsLoopback,
        };
        using var http = new HttpClient(handler) { BaseAddress = stack.File.Search.Endpoint };
        http.DefaultRequestHeaders.Add("api-key", stack.File.Search.ApiKey);
        for (var first = 0; first < documents; first += Batch)
        {
            using var response = await http.PostAsJsonAsync(
                "/indexes('images')/docs/search.index?api-version=2024-07-01",
                new
                {
                    value = Enumerable
                        .Range(first, Math.Min(Batch, documents - first))
                        .Select(number => Document(number, random, dimensions)),
                }
            );
            response.EnsureSuccessStatusCode();
        }
    }

    private static Dictionary<string, object> Document(int number, Random random, int dimensions)
    {
        string[] keywords = [.. Enumerable.Range(0, 4).Select(_ => Pick(random)).Distinct()];
        var (name, folder) = ($"IMG_{number}.jpg", $"{Pick(random)} {2000 + (number % 25)}");
        var caption = $"A {Pick(random)} and a {Pick(random)} near the {Pick(random)}";
        return new Dictionary<string, object>
        {
            ["@search.action"] = "upload",
            ["id"] = number.ToString("x32", CultureInfo.InvariantCulture),
            ["path"] = $"images/{folder}/{name}",
            ["uploadedAt"] = DateTimeOffset.UnixEpoch.AddSeconds(number),
            ["name"] = name,
            ["folderNames"] = new[] { folder },
            ["caption"] = caption,
            ["keywords"] = keywords,
            ["words"] = (string[])[name, $"IMG_{number}", folder, caption, .. keywords],
            ["wordsVersion"] = 1,
            ["embedding"] = Unit(random, dimensions),
        };
    }

    private static float[] Unit(Random random, int dimensions)
    {
        var vector = Enumerable.Range(0, dimensions).Select(_ => random.NextDouble() - 0.5).ToArray();
        var norm = Math.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => (float)(value / norm))];
    }

    private static async Task<int> DimensionsAsync(RunningStack stack)
    {
        using var http = new HttpClient { BaseAddress = stack.File.Url };
        return (await http.GetFromJsonAsync<JsonElement>("/api/health")).GetProperty("model").GetProperty("dimensions").GetInt32();
    }
}
