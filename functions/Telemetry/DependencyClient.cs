using Azure.Core;
using Azure.Core.Pipeline;

namespace Serverless.Telemetry;

/// <summary>How every Azure client of this app meets a service that fails, is slow or says that it is busy.</summary>
internal static class DependencyClient
{
    /// <summary>
    /// Six more tries, first after 0.2 s, doubling with jitter up to 8 s, or when the service's Retry-After says; then the error
    /// goes to whoever sent the work, who brings it again. So the pile that waits is theirs and has their bounds.
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
