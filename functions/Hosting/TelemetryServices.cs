using System.Diagnostics;
using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Serverless.Telemetry;

namespace Serverless.Hosting;

internal static class TelemetryServices
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Set if Application Insights accepts no keys; the Functions host reads it too.</summary>
    private const string AzureMonitorIdentity = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";
    private const string ServiceName = "images";

    /// <summary>
    /// Sends traces, metrics and logs to the OTLP endpoint in <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and to the Azure Monitor
    /// resource in <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c>; if neither is set, nothing is collected and nothing costs anything. The
    /// other <c>OTEL_*</c> variables work as specified.
    /// </summary>
    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder)
    {
        var otlp = !string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint]);
        var azure = builder.Configuration[AzureMonitor] is { Length: > 0 } connection ? connection : null;
        if (!otlp && azure is null)
        {
            return builder;
        }

        builder.Services.AddHostedService<DepthWatch>();

        // Storage and Search report their calls as activities only with this switch.
        AppContext.SetSwitch("Azure.Experimental.EnableActivitySource", true);
        var telemetry = builder.Services.AddOpenTelemetry();

        // Each invocation is a span in the host's trace; the host need not send the worker's logs again.
        telemetry.UseFunctionsWorkerDefaults();
        telemetry
            .ConfigureResource(resource => resource.AddService(ServiceName))
            .WithTracing(traces =>
                traces
                    .AddSource(ImageMetrics.Name, "Azure.*")
                    .AddAspNetCoreInstrumentation(options => options.Filter = context => IsWork(context.Request.Path))
                    .AddHttpClientInstrumentation(options => options.FilterHttpRequestMessage = _ => !IsAzureClient(Activity.Current))
            )
            .WithMetrics(metrics => metrics.AddMeter(ImageMetrics.Name, "System.Runtime", "Microsoft.AspNetCore.Hosting"))
            .WithLogging(null, logs => logs.IncludeFormattedMessage = true);
        if (otlp)
        {
            telemetry.UseOtlpExporter();
        }

        if (azure is not null)
        {
            telemetry.UseAzureMonitor(azure, hasIdentity: !string.IsNullOrEmpty(builder.Configuration[AzureMonitorIdentity]));
        }

        return builder;
    }

    private static void UseAzureMonitor(this OpenTelemetryBuilder telemetry, string connection, bool hasIdentity)
    {
        TokenCredential? credential = hasIdentity ? new DefaultAzureCredential() : null;

        // By default the exporter keeps five traces a second: in a burst of uploads, most would be dropped.
        void Configure(AzureMonitorExporterOptions options) =>
            (options.ConnectionString, options.Credential, options.TracesPerSecond, options.SamplingRatio) = (
                connection,
                credential,
                null,
                1
            );
        telemetry
            .WithTracing(traces => traces.AddAzureMonitorTraceExporter(Configure))
            .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(Configure))
            .WithLogging(logs => logs.AddAzureMonitorLogExporter(Configure));
    }

    /// <summary>The host's readiness probes and health checks come every few seconds and are uninteresting.</summary>
    private static bool IsWork(PathString path) => path.HasValue && path != "/" && path != "/api/health";

    /// <summary>Azure clients report their own HTTP calls, with secrets redacted.</summary>
    private static bool IsAzureClient(Activity? call) =>
        call?.Parent?.Source.Name == "Azure.Core.Http" || call?.Source.Name == "Azure.Core.Http";
}
