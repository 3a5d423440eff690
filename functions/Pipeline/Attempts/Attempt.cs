namespace Serverless.Pipeline;

/// <summary>Work on an image, from when it is begun until it is done or failed.</summary>
/// <param name="end">Removes its note; null where it has none.</param>
/// <param name="leave">Gives up its place among the work of this process; null for work that takes none.</param>
/// <param name="isDeadly">Processes ended because of it: it must not be tried.</param>
internal sealed class Attempt(Func<Task>? end, Action? leave, bool isDeadly) : IAsyncDisposable
{
    public bool IsDeadly => isDeadly;

    /// <summary>To be called before it waits for other images: one of them may wait for a place.</summary>
    public void LeavePlace() => leave?.Invoke();

    public async ValueTask DisposeAsync()
    {
        LeavePlace();
        await (end?.Invoke() ?? Task.CompletedTask);
    }
}
