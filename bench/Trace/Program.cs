using Ingest;
using Otlp;
using Shared;
using Trace;

// dotnet run -c Release --project bench/Trace
// Runs the local stack, uploads a copy of a picture that is there, and draws its trace to docs/trace.svg.
await using var collector = await OtlpReceiver.StartAsync();
foreach (var (name, value) in collector.Environment)
{
    Environment.SetEnvironmentVariable(name, value);
}

await using var stack = await RunningStack.StartAsync();
using var client = new UploadClient(stack);
var picture = Picture.Scene(1, 1200, 900);
await client.UploadAndWaitAsync("original.png", picture.Png());
for (var warm = 2; warm < 8; warm++)
{
    await client.UploadAndWaitAsync($"warm/{warm}.jpg", Picture.Scene(warm, 1200, 900).Jpeg());
    await client.UploadAndWaitAsync($"warm/{warm}-again.jpg", Picture.Scene(warm, 1200, 900).Jpeg(70));
}

await client.UploadAndWaitAsync("copy.jpg", picture.Jpeg(88));
var ingest = "";
var trace = await collector.TraceAsync(
    span =>
        span.Attributes.Values.Any(value =>
            value.EndsWith("/copy.jpg", StringComparison.Ordinal) && value.Contains("/images/", StringComparison.Ordinal)
        ),
    span => span.ParentId.Length == 0,
    span => span.Name == "ingest" && (ingest = span.Attributes.GetValueOrDefault("image.verdict", "")).Length > 0
);

var file = Path.Combine(RepositoryFolder.Path, "docs", "trace.svg");
await File.WriteAllTextAsync(file, Drawing.Of(trace, $"A picture of 1200 × 900, verdict {ingest}. {RunningStack.Machine}"));
Console.WriteLine($"{trace.Count} spans of one trace, drawn to {file}");
await stack.StopAsync();
