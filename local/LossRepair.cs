using System.Net;
using System.Text.Json;

namespace Local;

/// <summary>
/// Azurite that was killed has forgotten its last seconds, in each of its services another moment: a picture may be there whose
/// record is not. Reconciling finds that, once nothing of it is young any more.
/// </summary>
internal sealed class LossRepair(Uri url, string? key, TimeSpan settled, CancellationToken stopping)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private int restarts;

    /// <summary>To be called when Azurite runs again. Of several restarts, the last counts.</summary>
    public void Begin() => _ = RunAsync(Interlocked.Increment(ref restarts));

    private async Task RunAsync(int restart)
    {
        try
        {
            await Task.Delay(settled, stopping);
            using var client = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromMinutes(10) };
            if (key is not null)
            {
                client.DefaultRequestHeaders.Add("x-functions-key", key);
            }

            while (restart == Volatile.Read(ref restarts))
            {
                if (await TryAsync(client) is { } said)
                {
                    Steps.Again(said);
                    return;
                }

                await Task.Delay(Pause, stopping);
            }
        }
        catch (OperationCanceledException) { }
    }

    private async Task<string?> TryAsync(HttpClient client)
    {
        try
        {
            using var response = await client.PostAsync("api/reconcile", null, stopping);
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                return "What Azurite lost is not reconciled: no key that may operate is set.";
            }

            if (!response.IsSuccessStatusCode)
            {
                return null;
            }

            var report = JsonElement.Parse(await response.Content.ReadAsStringAsync(stopping));
            return report.TryGetProperty("found", out var found)
                ? $"Bucket, index and ledger were reconciled after the loss of Azurite: {found} differences."
                : "Bucket, index and ledger are being reconciled after the loss of Azurite.";
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            return null;
        }
    }
}
