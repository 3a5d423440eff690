using System.Globalization;
using System.Text.Json;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>
/// What one image costs in requests, counted at a proxy in front of storage and in the search service's own log, second look included.
/// docs/scale.md quotes the table, which <c>-showLiveOutput</c> prints. More than today is a fault; less is welcome.
/// </summary>
public sealed class OperationsTests(ITestOutputHelper output)
{
    private const int Images = 5;

    [Fact]
    public async Task An_image_takes_no_more_requests_than_it_did()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1, visibilityWindow: TimeSpan.FromSeconds(2), throughProxy: true);
        Say("| an image | storage | of these reads of records | KB up to tables | searches | index writes |");
        Say("|---|---|---|---|---|---|");
        var counted = new Dictionary<string, Counts>();
        foreach (
            var (kind, bytesOf) in new (string, Func<int, byte[]>)[]
            {
                ("new", number => Picture.Scene(700 + number, 640, 480).Jpeg()),
                ("exact copy", number => Picture.Scene(700 + number, 640, 480).Jpeg()),
                ("rejected", number => [.. "no picture "u8, (byte)number]),
            }
        )
        {
            counted[kind] = await CountAsync(cluster, kind, bytesOf);
            Say(string.Create(CultureInfo.InvariantCulture, $"| {kind} | {counted[kind]} |"));
        }

        Assert.InRange(counted["new"].Storage, 1, 23);
        Assert.InRange(counted["new"].RecordReads, 1, 5);
        Assert.InRange(counted["new"].IndexWrites, 1, 1);
        Assert.InRange(counted["exact copy"].Storage, 1, 39);
        Assert.InRange(counted["exact copy"].RecordReads, 1, 10);
        Assert.InRange(counted["rejected"].Storage, 1, 9);
        Assert.Equal(0, counted["rejected"].IndexWrites);

        void Say(string line) => output.WriteLine(line);
    }

    private static async Task<Counts> CountAsync(Cluster cluster, string kind, Func<int, byte[]> bytesOf)
    {
        cluster.Proxy.Seen.Clear();
        var logged = (await SearchesAsync(cluster)).Count;
        for (var number = 0; number < Images; number++)
        {
            await cluster.TakeInAsync($"{kind}/{number}.jpg", bytesOf(number));
        }

        await cluster.DrainAsync();

        // Neither the clock's reads nor the queue depths belong to an image.
        var seen = cluster
            .Proxy.Seen.Where(request => !request.Path.Contains("ImageJobs(", StringComparison.Ordinal))
            .Where(request => request.Method != "GET" || !IsQueue(request.Path))
            .ToList();
        var searches = (await SearchesAsync(cluster)).Skip(logged).ToList();
        return new Counts(
            seen.Count / (double)Images,
            seen.Count(request => request.Method == "GET" && request.Path.Contains("/ImageRecords", StringComparison.Ordinal))
                / (double)Images,
            seen.Where(request =>
                    request.Path.Contains("/Image", StringComparison.Ordinal) || request.Path.EndsWith("$batch", StringComparison.Ordinal)
                )
                .Sum(request => request.Up)
                / 1000.0
                / Images,
            searches.Count(target => target.Contains("search.post.search", StringComparison.Ordinal)) / (double)Images,
            searches.Count(target => target.Contains("search.index", StringComparison.Ordinal)) / (double)Images
        );
    }

    private static bool IsQueue(string path) => path.Contains('-', StringComparison.Ordinal) || path.EndsWith('/');

    private static async Task<List<string>> SearchesAsync(Cluster cluster)
    {
        await using var log = new FileStream(cluster.Search.RequestLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(log);
        var targets = new List<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            using var request = JsonDocument.Parse(line);
            targets.Add(request.RootElement.GetProperty("target").GetString()!);
        }

        return targets;
    }

    private sealed record Counts(double Storage, double RecordReads, double KilobytesUp, double Searches, double IndexWrites)
    {
        public override string ToString() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Storage:0.0} | {RecordReads:0.0} | {KilobytesUp:0} | {Searches:0.0} | {IndexWrites:0.0}"
            );
    }
}
