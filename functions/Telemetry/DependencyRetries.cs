using Azure.Core;
using Azure.Core.Pipeline;

namespace Serverless.Telemetry;

/// <summary>
/// Six retries, the first after 0.2 s, doubling with jitter up to 8 s, or as Retry-After says. While a caller waits for an HTTP answer, no
/// retry starts after six seconds and no small request lasts longer than eight, so that an outage is reported instead of waited for.
/// </summary>
internal sealed class DependencyRetries(string service)
    : RetryPolicy(6, DelayStrategy.CreateExponentialDelayStrategy(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(8)))
{
    private const string Name = "dependency";
    private const int SmallRequest = 256 * 1024;
    private static readonly TimeSpan LatestRetry = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(8);
    private static readonly HttpContextAccessor Caller = new();

    /// <summary>The service that a failed request was for; null if it was for none.</summary>
    public static string? ServiceOf(Exception error) => error.Data[Name] as string;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Caller.HttpContext is not null && IsSmall(message.Request))
        {
            message.NetworkTimeout = LongestTry;
        }

        try
        {
            await base.ProcessAsync(message, pipeline);
        }
        catch (Exception error)
        {
            error.Data[Name] = service;
            throw;
        }
    }

    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception)
    {
        var isLate = Caller.HttpContext is not null && DateTimeOffset.UtcNow - message.ProcessingContext.StartTime > LatestRetry;
        return !isLate && await base.ShouldRetryAsync(message, exception);
    }

    private static bool IsSmall(Request request) =>
        request.Content is not { } content || (content.TryComputeLength(out var length) && length <= SmallRequest);
}
