using Azure;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>Whether the storage account answers, and how much work waits there.</summary>
internal sealed class StorageCheck(WorkQueues queues) : IHealthCheck
{
    public const string Name = "storage";
    public const string Work = "work";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var depth = await queues.DepthAsync(cancellationToken);
            return HealthCheckResult.Healthy(data: new Dictionary<string, object> { [Work] = depth });
        }
        catch (Exception error) when (IsNoAnswer(error))
        {
            return HealthCheckResult.Unhealthy("The storage account does not answer. Check AzureWebJobsStorage and the app's role.");
        }
    }

    public static bool IsNoAnswer(Exception error) =>
        error is RequestFailedException or HttpRequestException or AggregateException or TaskCanceledException;
}
