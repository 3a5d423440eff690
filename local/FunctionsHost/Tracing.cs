using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FunctionsHost;

/// <summary>
/// A span for each invocation, sent to the OTLP endpoint in <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and handed to the handler as
/// <c>traceparent</c>; the host in Azure does both where its <c>telemetryMode</c> is OpenTelemetry.
/// </summary>
internal static class Tracing
{
    public static readonly ActivitySource Invocations = new("FunctionsHost");

    /// <summary>Null where no endpoint is set: then there are no spans, and no <c>traceparent</c>.</summary>
    public static TracerProvider? Start() => Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 }
        ? Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService("functions-host"))
            .AddSource(Invocations.Name)
            .AddOtlpExporter()
            .Build()
        : null;
}
