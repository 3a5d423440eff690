using Azure;

namespace Serverless.Reconcile;

/// <summary>Looks at a finding again, and puts right what still holds. What fails is told with its reason, and ends nothing.</summary>
internal sealed partial class FindingSettlement(DifferenceCheck check, Repair repair, ILogger<FindingSettlement> logger)
{
    public async Task<Finding> SettleAsync(Finding finding, ReconcileState state, CancellationToken cancellation)
    {
        // A page that is done a second time: what was put right in the first go stays counted.
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

    [LoggerMessage(140, LogLevel.Warning, "A difference ({Kind}) could not be put right at {Id}")]
    private static partial void RepairFailed(ILogger logger, Exception error, DifferenceKind kind, string id);
}
