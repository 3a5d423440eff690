using Azure.Core;
using Azure.Core.Pipeline;

namespace Serverless.Telemetry;

/// <summary>The retry policy of every Azure client of this app.</summary>
internal static class DependencyClient
{
    /// <summary>
    /// Six retries, the first after 0.2 s, doubling with jitter up to 8 s, or as Retry-After says; then the error goes back to the host,
    /// which redelivers the work. The backlog therefore stays in the host's queue, which is bounded.
    /// </summary>
    public static TOptions Patient<TOptions>(this TOptions options, string service)
        where TOptions : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 6;
        options.Retry.Delay = TimeSpan.FromSeconds(0.2);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(8);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        options.AddPolicy(new RetryCounter(service), HttpPipelinePosition.PerRetry);
        return options;
    }
}
