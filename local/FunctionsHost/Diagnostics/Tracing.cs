using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FunctionsHost.Diagnostics;

/// <summary>
/// A span per invocation, sent to the OTLP endpoint in <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and passed to the worker as its parent; the host
/// in Azure does both if its <c>telemetryMode</c> is OpenTelemetry.
/// </summary>
internal static class Tracing
{
    private static readonly ActivitySource Invocations = new("FunctionsHost");

    /// <summary>Null without an endpoint: then there are no spans and no parents.</summary>
    public static TracerProvider? Start() =>
        Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 }
            ? Sdk.CreateTracerProviderBuilder()
                .ConfigureResource(resource => resource.AddService("functions-host"))
                .AddSource(Invocations.Name)
                .AddOtlpExporter()
                .Build()
            : null;

    /// <param name="parent">The caller's trace context; the host has no span of its own above an invocation.</param>
    public static Activity? StartInvocation(string function, string id, ActivityKind kind, string parent = "")
    {
        Activity.Current = null;
        return Invocations
            .StartActivity(function, kind, parent.Length > 0 ? parent : null)
            ?.SetTag("faas.invocation_id", id)
            .SetTag("faas.name", function);
    }
}
