using Azure;

namespace Serverless.Reconcile;

/// <summary>Checks a finding again and repairs it if it persists. A failure is reported with its reason and stops nothing.</summary>
internal sealed partial class FindingSettlement(DifferenceCheck check, Repair repair, ILogger<FindingSettlement> logger)
{
    public async Task<Finding> SettleAsync(Finding finding, ReconcileState state, CancellationToken cancellation)
    {
        // A page done twice: repairs of the first run stay counted.
        if (finding.Outcome is not Outcome.Found)
        {
            return finding;
        }

        try
        {
            if (!await check.StillHoldsAsync(finding, state.SettledBefore, cancellation))
            {
                if (await check.IsUnreachableAsync(finding, cancellation))
                {
                    return finding with { Kind = DifferenceKind.Unaddressable, Outcome = state.DryRun ? Outcome.Found : Outcome.Failed };
                }

                return finding with
                {
                    Outcome = Outcome.Settled,
                };
            }

            return state.DryRun ? finding
                : await repair.RunAsync(finding, cancellation) is { } reason ? finding with { Outcome = Outcome.Failed, Reason = reason }
                : finding with { Outcome = Outcome.Repaired };
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            RepairFailed(logger, error, finding.Kind, finding.Id);
            return finding with { Outcome = Outcome.Failed, Reason = ReasonOf(error) };
        }
    }

    private static string ReasonOf(Exception error) =>
        error is RequestFailedException { Status: > 0 } failed
            ? $"A service answered {failed.Status}{(failed.ErrorCode is { } code ? $" {code}" : "")}."
            : error.Message;

    [LoggerMessage(140, LogLevel.Warning, "A difference ({Kind}) could not be repaired at {Id}")]
    private static partial void RepairFailed(ILogger logger, Exception error, DifferenceKind kind, string id);
}
