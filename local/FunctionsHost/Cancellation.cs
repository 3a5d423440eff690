namespace FunctionsHost;

internal static class Cancellation
{
    /// <summary>Completes, without an exception, when the token is cancelled.</summary>
    public static async Task OfAsync(CancellationToken token) =>
        await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
