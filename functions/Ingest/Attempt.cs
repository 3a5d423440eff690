namespace Serverless.Ingest;

/// <summary>Work on an image, from when it is begun until it is done or failed.</summary>
/// <param name="end">Removes its note; null where it has none.</param>
/// <param name="place">Its place among the work of this process.</param>
/// <param name="isDeadly">Two processes ended while they worked on it: it must not be tried.</param>
internal sealed class Attempt(Func<Task>? end, IDisposable place, bool isDeadly) : IAsyncDisposable
{
    public bool IsDeadly => isDeadly;

    public async ValueTask DisposeAsync()
    {
        place.Dispose();
        await (end?.Invoke() ?? Task.CompletedTask);
    }
}
