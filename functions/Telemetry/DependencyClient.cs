using Azure.Core;
using Azure.Core.Pipeline;

namespace Serverless.Telemetry;

/// <summary>The retry policy of every Azure client of this app.</summary>
internal static class DependencyClient
{
    /// <summary>
    /// Retries for a while; then the error goes back to the host, which redelivers the work. The backlog therefore stays in the host's
    /// queue, which is bounded.
    /// </summary>
    public static TOptions Patient<TOptions>(this TOptions options, string service)
        where TOptions : ClientOptions
    {
        options.RetryPolicy = new DependencyRetries(service);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        options.AddPolicy(new RetryCounter(service), HttpPipelinePosition.PerRetry);
        return options;
    }
}
