using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Serverless.Telemetry;

/// <summary>
/// Six retries, the first after 0.2 s, doubling with jitter up to 8 s, or as Retry-After says. While a caller waits for an HTTP answer,
/// only as long as its request allows (<see cref="DependencyPatience"/>), so that an outage is reported instead of waited for.
/// </summary>
internal sealed class DependencyRetries(string service)
    : RetryPolicy(6, DelayStrategy.CreateExponentialDelayStrategy(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(8)))
{
    private const string Name = "dependency";
    private const int SmallRequest = 256 * 1024;
    private static readonly HttpContextAccessor Caller = new();

    /// <summary>Who sent an answer: what a client makes of it, an error as well, no longer says.</summary>
    private static readonly ConditionalWeakTable<Response, string> Senders = [];

    /// <summary>The service that a failed request was for; null if it was for none.</summary>
    public static string? ServiceOf(Exception error) =>
        error.Data[Name] as string
        ?? (error is RequestFailedException failed && failed.GetRawResponse() is { } response ? SenderOf(response) : null);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Patience is { } patience && IsSmall(message.Request))
        {
            message.NetworkTimeout = patience.LongestTry;
        }

        try
        {
            await base.ProcessAsync(message, pipeline);
            Senders.AddOrUpdate(message.Response, service);
        }
        catch (Exception error)
        {
            error.Data[Name] = service;
            throw;
        }
    }

    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception)
    {
        var isLate = Patience is { } patience && DateTimeOffset.UtcNow - message.ProcessingContext.StartTime > patience.LatestRetry;
        return !isLate && await base.ShouldRetryAsync(message, exception);
    }

    private static DependencyPatience? Patience => Caller.HttpContext?.Features.Get<DependencyPatience>();

    private static string? SenderOf(Response response) => Senders.TryGetValue(response, out var service) ? service : null;

    private static bool IsSmall(Request request) =>
        request.Content is not { } content || (content.TryComputeLength(out var length) && length <= SmallRequest);
}
