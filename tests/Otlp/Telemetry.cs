namespace Otlp;

/// <param name="Service">Which program it comes from.</param>
/// <param name="Scope">The activity source.</param>
/// <param name="ParentId">Empty where it has none.</param>
/// <param name="Start">Nanoseconds since 1970.</param>
/// <param name="End">Nanoseconds since 1970.</param>
/// <param name="LinkedTraces">The traces that it points to.</param>
internal sealed record Span(
    string Service,
    string Scope,
    string TraceId,
    string SpanId,
    string ParentId,
    string Name,
    ulong Start,
    ulong End,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<string> LinkedTraces
)
{
    /// <summary>Reads an <c>ExportTraceServiceRequest</c>.</summary>
    public static IEnumerable<Span> Read(WireMessage request) =>
        from resource in request.Messages(1)
        let service = resource.Messages(1).First().Attributes(1).GetValueOrDefault("service.name", "")
        from scope in resource.Messages(2)
        let name = scope.Messages(1).First().Text(1)
        from span in scope.Messages(2)
        select new Span(
            service,
            name,
            span.Hex(1),
            span.Hex(2),
            span.Hex(4),
            span.Text(5),
            span.Number(7),
            span.Number(8),
            span.Attributes(9),
            [.. span.Messages(13).Select(link => link.Hex(1))]
        );
}

/// <param name="Tags">Those of every series.</param>
internal sealed record Metric(string Scope, string Name, string Unit, IReadOnlyList<IReadOnlyDictionary<string, string>> Tags)
{
    /// <summary>Reads an <c>ExportMetricsServiceRequest</c>: gauges (5), sums (7) and histograms (9).</summary>
    public static IEnumerable<Metric> Read(WireMessage request) =>
        from resource in request.Messages(1)
        from scope in resource.Messages(2)
        from metric in scope.Messages(2)
        let numbers = metric
            .Messages(5)
            .Concat(metric.Messages(7))
            .SelectMany(data => data.Messages(1))
            .Select(point => point.Attributes(7))
        let histograms = metric.Messages(9).SelectMany(data => data.Messages(1)).Select(point => point.Attributes(9))
        select new Metric(scope.Messages(1).First().Text(1), metric.Text(1), metric.Text(3), [.. numbers, .. histograms]);
}

internal sealed record LogRecord(string TraceId, string Text)
{
    /// <summary>Reads an <c>ExportLogsServiceRequest</c>.</summary>
    public static IEnumerable<LogRecord> Read(WireMessage request) =>
        from resource in request.Messages(1)
        from scope in resource.Messages(2)
        from record in scope.Messages(2)
        select new LogRecord(record.Hex(9), record.Messages(5).Select(WireMessage.Value).FirstOrDefault(""));
}
