namespace Local;

/// <summary>
/// Azurite that was killed has forgotten its last seconds, in each of its services another moment: a picture may be there whose
/// record is not. Reconciling finds that, once nothing of it is young any more.
/// </summary>
internal sealed class LossRepair(AppClient app, TimeSpan settled, CancellationToken stopping)
{
    private int restarts;

    /// <summary>To be called when Azurite runs again. Of several restarts, the last counts.</summary>
    public void Begin() => _ = RunAsync(Interlocked.Increment(ref restarts));

    private async Task RunAsync(int restart)
    {
        try
        {
            await Task.Delay(settled, stopping);
            using var client = app.Open();
            while (restart == Volatile.Read(ref restarts))
            {
                if (await AppClient.AskAsync(() => client.PostAsync("api/reconcile", null, stopping), stopping) is { } report)
                {
                    Steps.Again(
                        report.TryGetProperty("found", out var found)
                            ? $"Bucket, index and ledger were reconciled after the loss of Azurite: {found} differences."
                            : "Bucket, index and ledger are being reconciled after the loss of Azurite."
                    );
                    return;
                }

                await Task.Delay(AppClient.Pause, stopping);
            }
        }
        catch (OperationCanceledException) { }
        catch (UnauthorizedAccessException)
        {
            Steps.Again("What Azurite lost is not reconciled: no key that may operate is set.");
        }
    }
}
