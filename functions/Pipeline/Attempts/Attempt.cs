namespace Serverless.Pipeline;

/// <summary>Work on an image, from its start until it is done or has failed.</summary>
/// <param name="end">Removes its note; null if there is none.</param>
/// <param name="leave">Releases its slot in this process; null if it holds none.</param>
/// <param name="isDeadly">It crashed processes and must not be tried again.</param>
internal sealed class Attempt(Func<Task>? end, Action? leave, bool isDeadly) : IAsyncDisposable
{
    public bool IsDeadly => isDeadly;

    /// <summary>Call before waiting for other images: one of them may be waiting for a slot.</summary>
    public void LeavePlace() => leave?.Invoke();

    public async ValueTask DisposeAsync()
    {
        LeavePlace();
        await (end?.Invoke() ?? Task.CompletedTask);
    }
}
