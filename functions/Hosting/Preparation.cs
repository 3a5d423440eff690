using Serverless.Models;
using Serverless.Startup;

namespace Serverless.Hosting;

/// <summary>
/// Creates missing containers, queues, tables and the index, and loads the model, while the app already listens. A failing or slow service
/// is retried for as long as it takes; a wrong setting ends the app.
/// </summary>
internal sealed partial class Preparation(
    ModelSides sides,
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
        var first = PreparationStep.First(sides);
        foreach (var name in PreparationStep.All(sides.Services).Select(step => step.Name).Append(first.Name))
        {
            readiness.Waits(name);
        }

        try
        {
            await PrepareAsync(first, stoppingToken);
            await Task.WhenAll(PreparationStep.All(sides.Services).Select(step => PrepareAsync(step, stoppingToken)));
            await PrepareAsync(first with { RunAsync = sides.NoteAsync }, stoppingToken);
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
