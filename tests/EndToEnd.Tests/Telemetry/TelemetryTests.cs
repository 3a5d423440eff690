using System.Text;
using Otlp;
using Shared;
using Xunit;

namespace EndToEnd.Tests;

public sealed class TelemetryTests(ObservedStack observed) : IClassFixture<ObservedStack>
{
    [Fact]
    public async Task One_trace_leads_from_the_host_through_storage_and_search_to_the_verdict()
    {
        var record = await observed.Api.UploadAndWaitAsync("trace/one.jpg", Picture.Scene(77_001).Jpeg());
        var trace = await TraceOfAsync(
            "ingest",
            record,
            span => span is { Service: "functions-host", Name: "IngestImage", ParentId: "" },
            span => span.Scope == "Microsoft.Azure.Functions.Worker",
            span => span.Name == "wait",
            span => span.Name == "decode",
            span => span.Name == "embed",
            span => span.Name == "search",
            span => span.Scope.StartsWith("Azure.Storage.Blobs", StringComparison.Ordinal),
            span => span.Scope.StartsWith("Azure.Storage.Queues", StringComparison.Ordinal),
            span => span.Scope.StartsWith("Azure.Data.Tables", StringComparison.Ordinal),
            span => span.Scope.StartsWith("Azure.Search.Documents", StringComparison.Ordinal)
        );

        var root = Assert.Single(trace, span => span.ParentId.Length == 0);
        Assert.Equal("functions-host", root.Service);
        var ids = trace.Select(span => span.SpanId).ToHashSet();
        Assert.All(trace, span => Assert.True(span == root || ids.Contains(span.ParentId), $"{span.Name} hangs in the air."));
        Assert.Equal("new", Assert.Single(trace, span => span.Name == "ingest").Attributes["image.verdict"]);
    }

    [Fact]
    public async Task A_copy_shows_the_look_at_its_pixels_and_the_move_in_its_trace()
    {
        await observed.Api.UploadAndWaitAsync("trace/original.png", Picture.Scene(77_002).Png());
        var record = await observed.Api.UploadAndWaitAsync("trace/copy.jpg", Picture.Scene(77_002).Jpeg(90));
        var trace = await TraceOfAsync(
            "ingest",
            record,
            span => span.Name == "confirm",
            span => span.Name.EndsWith("StartCopyFromUri", StringComparison.Ordinal)
        );
        Assert.Equal("copy", Assert.Single(trace, span => span.Name == "ingest").Attributes["image.verdict"]);
    }

    [Fact]
    public async Task A_recheck_points_back_to_the_trace_of_the_upload()
    {
        var record = await observed.Api.UploadAndWaitAsync("trace/again.jpg", Picture.Scene(77_003).Jpeg());
        var upload = await TraceOfAsync("ingest", record);
        var recheck = await TraceOfAsync("recheck", record);
        Assert.NotEqual(upload[0].TraceId, recheck[0].TraceId);
        Assert.Contains(upload[0].TraceId, Assert.Single(recheck, span => span.Name == "recheck").LinkedTraces);
    }

    [Fact]
    public async Task Every_part_of_the_work_is_measured()
    {
        await observed.Api.UploadAndWaitAsync("metrics/a.png", Picture.Scene(77_004).Png());
        await observed.Api.UploadAndWaitAsync("metrics/b.jpg", Picture.Scene(77_004).Jpeg(90));
        await observed.Api.UploadAndWaitAsync("metrics/no.jpg", Encoding.UTF8.GetBytes("not an image"));
        string[] wanted =
        [
            "images.ingested",
            "images.queue.age",
            "images.embed.batch.size",
            "images.decode.duration",
            "images.embed.duration",
            "images.search.duration",
            "images.confirm.duration",
            "images.waiting.depth",
            "images.recheck.depth",
            "images.poison.depth",
        ];
        await Patience.UntilAsync(() => Task.FromResult(MetricNames()), names => wanted.All(names.Contains), string.Join(", ", wanted));
        await Patience.UntilAsync(
            () => Task.FromResult(Verdicts()),
            verdicts => verdicts.IsSupersetOf(["new", "copy", "rejected"]),
            "new, copy and rejected to be counted"
        );
        Assert.All(
            observed.Collector.Metrics.Where(metric => metric.Name.EndsWith(".duration", StringComparison.Ordinal)),
            metric => Assert.Equal("s", metric.Unit)
        );
    }

    [Fact]
    public async Task No_key_and_no_byte_of_an_image_leaves_with_telemetry_or_logs()
    {
        var bytes = Picture.Scene(77_005).Jpeg();
        var record = await observed.Api.UploadAndWaitAsync("secret/picture.jpg", bytes);
        using var search = new HttpRequestMessage(HttpMethod.Get, $"/api/search?text=circle&code={FunctionKey}");
        search.Headers.Add("x-functions-key", FunctionKey);
        using var answer = await observed.Api.Http.SendAsync(search);
        answer.EnsureSuccessStatusCode();
        await TraceOfAsync("ingest", record);
        await observed.Collector.TraceAsync(
            span => span.Attributes.Values.Any(value => value.Contains("/api/search", StringComparison.Ordinal)),
            span => span.Name == "embed"
        );
        await Patience.UntilAsync(
            () =>
                Task.FromResult(
                    observed.Collector.Logs.Any(log =>
                        log.Text.Contains(ImageApi.Id(record), StringComparison.Ordinal) && log.TraceId.Length > 0
                    )
                ),
            found => found,
            "the verdict among the logs, within its trace"
        );

        var sent = observed.Collector.Bodies;
        var logs = Directory.EnumerateFiles(Path.Combine(observed.Stack.DataFolder, "logs")).Select(ReadShared).ToList();
        Assert.NotEmpty(sent);
        Assert.NotEmpty(logs);
        foreach (var (name, secret) in Secrets(bytes))
        {
            Assert.False(sent.Concat(logs).Any(body => body.AsSpan().IndexOf(secret) >= 0), $"{name} was found in telemetry or in a log.");
        }
    }

    private const string FunctionKey = "function-key-f3a1c9";

    private IEnumerable<(string Name, byte[] Secret)> Secrets(byte[] image)
    {
        var key = observed.Stack.ConnectionString.Split(';').Single(part => part.StartsWith("AccountKey=", StringComparison.Ordinal))[
            "AccountKey=".Length..
        ];
        yield return ("The storage account's key", Encoding.UTF8.GetBytes(key));
        yield return ("The search service's key", Encoding.UTF8.GetBytes(observed.Stack.Search.ApiKey));
        yield return ("A function key", Encoding.UTF8.GetBytes(FunctionKey));
        yield return ("The bytes of an image", image.AsSpan(image.Length / 2, 24).ToArray());

        // Base64 repeats itself every three bytes, so that one of three starts shows wherever the text begins.
        for (var start = 0; start < 3; start++)
        {
            yield return (
                "The base64 text of an image",
                Encoding.UTF8.GetBytes(Convert.ToBase64String(image, (image.Length / 2) + start, 24))
            );
        }
    }

    private Task<IReadOnlyList<Span>> TraceOfAsync(string name, System.Text.Json.JsonElement record, params Func<Span, bool>[] parts)
    {
        var id = ImageApi.Id(record);
        return observed.Collector.TraceAsync(
            span => span.Name == name && span.Attributes.GetValueOrDefault("image.id") == id,
            [.. parts, span => span.ParentId.Length == 0]
        );
    }

    private HashSet<string> MetricNames() =>
        [.. observed.Collector.Metrics.Where(metric => metric.Scope == "Serverless.Images").Select(metric => metric.Name)];

    private HashSet<string> Verdicts() =>
        [
            .. observed
                .Collector.Metrics.Where(metric => metric.Name == "images.ingested")
                .SelectMany(metric => metric.Tags)
                .Select(tags => tags["verdict"]),
        ];

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
