using StorageProxy.Events;

namespace StorageProxy.Tests.Support;

/// <summary>Takes events, or does not.</summary>
internal sealed class Subscriber : IEventTarget
{
    private readonly List<GridEvent> taken = [];

    /// <summary>What happens before an event is taken.</summary>
    public Func<GridEvent, Task> Before { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<GridEvent> Taken
    {
        get
        {
            lock (taken)
            {
                return [.. taken];
            }
        }
    }

    public async Task TellAsync(GridEvent @event, CancellationToken cancellation)
    {
        await Before(@event).WaitAsync(cancellation);
        lock (taken)
        {
            taken.Add(@event);
        }
    }
}
