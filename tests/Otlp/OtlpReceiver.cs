using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shared;

namespace Otlp;

/// <summary>A collector on a free loopback port that keeps what OpenTelemetry exporters send it over http/protobuf.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly List<byte[]> bodies = [];
    private readonly List<Span> spans = [];
    private readonly List<Metric> metrics = [];
    private readonly List<LogRecord> logs = [];

    private OtlpReceiver(WebApplication server) => this.server = server;

    public IReadOnlyList<Span> Spans => Copy(spans);

    public IReadOnlyList<Metric> Metrics => Copy(metrics);

    public IReadOnlyList<LogRecord> Logs => Copy(logs);

    /// <summary>Everything that was sent, as it came.</summary>
    public IReadOnlyList<byte[]> Bodies => Copy(bodies);

    /// <summary>What makes a program send its telemetry here, at once.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = server.Urls.Single(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        };

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var server = builder.Build();
        var receiver = new OtlpReceiver(server);
        server.MapPost("/v1/traces", (HttpContext context) => receiver.TakeAsync(context, receiver.spans, Span.Read));
        server.MapPost("/v1/metrics", (HttpContext context) => receiver.TakeAsync(context, receiver.metrics, Metric.Read));
        server.MapPost("/v1/logs", (HttpContext context) => receiver.TakeAsync(context, receiver.logs, LogRecord.Read));
        await server.StartAsync();
        return receiver;
    }

    /// <summary>The trace that has such a span, once every one of <paramref name="parts"/> is in it.</summary>
    public async Task<IReadOnlyList<Span>> TraceAsync(Func<Span, bool> member, params Func<Span, bool>[] parts)
    {
        var patience = new Patience();
        while (true)
        {
            var trace = TraceOf(member);
            if (trace.Count > 0 && Array.TrueForAll(parts, part => trace.Any(part)))
            {
                return trace;
            }

            if (patience.IsOver)
            {
                throw new TimeoutException(
                    $"The trace is not whole; it has: {string.Join(", ", trace.Select(span => $"{span.Service}/{span.Scope}/{span.Name}"))}"
                );
            }

            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    private List<Span> TraceOf(Func<Span, bool> member)
    {
        var all = Spans;
        return all.FirstOrDefault(member) is { } found
            ? [.. all.Where(span => span.TraceId == found.TraceId).OrderBy(span => span.Start)]
            : [];
    }

    private async Task TakeAsync<T>(HttpContext context, List<T> list, Func<WireMessage, IEnumerable<T>> read)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var bytes = body.ToArray();
        lock (bodies)
        {
            bodies.Add(bytes);
            list.AddRange(read(new WireMessage(bytes)));
        }
    }

    private IReadOnlyList<T> Copy<T>(List<T> list)
    {
        lock (bodies)
        {
            return [.. list];
        }
    }
}
