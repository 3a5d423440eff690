using Azure;
using Serverless.Migration;
using Serverless.Models;
using Serverless.Startup;

namespace Serverless.Hosting;

/// <summary>Follows the choice of model in the ledger: within two seconds every instance answers from the index that it names.</summary>
internal sealed partial class ModelWatch(Readiness readiness, ModelSides sides, TimeProvider clock, ILogger<ModelWatch> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await readiness.WaitAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        using var timer = new PeriodicTimer(ModelMigration.Look, clock);
        do
        {
            try
            {
                await sides.FollowAsync(stoppingToken);
                await sides.Get<ModelMigration>().ContinueAsync(stoppingToken);
            }
            catch (Exception error) when (Outage.ReasonOf(error) is { } reason && !stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, reason);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(152, LogLevel.Warning, "The choice of model could not be followed; the next attempt is in two seconds. {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
