using Serverless.Startup;

namespace Serverless.Hosting;

/// <summary>
/// Creates missing containers, queues, tables and the index, and loads the model, while the app already listens. A failing or slow service
/// is retried for as long as it takes; a wrong setting ends the app.
/// </summary>
internal sealed partial class Preparation(
    IServiceProvider services,
    Readiness readiness,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<Preparation> logger
) : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var steps = PreparationStep.All(services);
        foreach (var step in steps)
        {
            readiness.Waits(step.Name);
        }

        try
        {
            await Task.WhenAll(steps.Select(step => PrepareAsync(step, stoppingToken)));
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }

        readiness.Complete();
        LogReady(logger);
    }

    private async Task PrepareAsync(PreparationStep step, CancellationToken cancellation)
    {
        for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            try
            {
                // Loading the model blocks its thread; neither the other steps nor the starting server wait for it.
                await Task.Run(() => step.RunAsync(cancellation), cancellation);
                readiness.Done(step.Name);
                return;
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                if (Outage.ReasonOf(error) is not { } reason)
                {
                    readiness.Fail(error);
                    lifetime.StopApplication();
                    throw;
                }

                readiness.Waits(step.Name, reason);
                LogWaits(logger, step.Name, reason);
                await Task.Delay(delay, time, cancellation);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Ready: containers, queues, tables, index and model are available.")]
    private static partial void LogReady(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "Waiting for {Step}: {Reason}. Retrying.")]
    private static partial void LogWaits(ILogger logger, string step, string reason);
}
