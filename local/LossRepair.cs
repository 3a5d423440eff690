namespace Local;

/// <summary>
/// A killed Azurite forgets its last seconds, differently in each of its services: a picture may exist without its record. Reconciliation
/// finds that once everything is old enough.
/// </summary>
internal sealed class LossRepair(AppClient app, TimeSpan settled, CancellationToken stopping)
{
    private int restarts;

    /// <summary>Call when Azurite runs again. After several restarts, only the last counts.</summary>
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
