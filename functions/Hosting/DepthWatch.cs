using Azure;
using Azure.Search.Documents.Indexes;
using Azure.Search.Documents.Indexes.Models;
using Serverless.Search;
using Serverless.Storage;
using Serverless.Telemetry;

namespace Serverless.Hosting;

/// <summary>
/// Reports once a minute what requests do not show: waiting and poison messages, and how full the search service is.
/// </summary>
internal sealed partial class DepthWatch(
    WorkQueues queues,
    SearchIndexClient search,
    PartIndex parts,
    TimeProvider clock,
    ILogger<DepthWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                var depth = await queues.DepthAsync(stoppingToken);
                ImageMetrics.Depth(depth.Waiting, depth.Rechecks);
                var counters = (await search.GetServiceStatisticsAsync(stoppingToken)).Value.Counters;
                Report("storage", counters.StorageSizeCounter);
                Report("vectors", counters.VectorIndexSizeCounter);
                Report("documents", counters.DocumentCounter);

                // Another instance may have made the first part.
                await parts.LookAsync(stoppingToken);
            }
            catch (Exception error) when (error is RequestFailedException or HttpRequestException or AggregateException)
            {
                LogFailed(logger, error.Message.Split('\n')[0]);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Some tiers have no limit for some resources; then there is no share to report.</summary>
    private static void Report(string resource, SearchResourceCounter? counter)
    {
        if (counter?.Quota is > 0 and var quota)
        {
            ImageMetrics.Used(resource, (double)counter.Usage / quota);
        }
    }

    [LoggerMessage(
        110,
        LogLevel.Warning,
        "Queue depths and search service usage could not be read; the next attempt is in a minute. {Reason}"
    )]
    private static partial void LogFailed(ILogger logger, string reason);
}
