using Azure;

namespace Bench.Scale;

/// <summary>A message and how it is handled.</summary>
internal sealed record Delivery(Upload Upload, Func<Instance, Task> Handle)
{
    public int Attempts { get; set; }
}

/// <summary>
/// The host: hands messages to whichever instance has room. A message that fails is visible again after ten seconds, and given up after
/// five attempts (host.json).
/// </summary>
internal sealed class Dispatch
{
    private const int MostAttempts = 5;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    private readonly VirtualTime time;
    private readonly Func<Task> takeAsync;
    private readonly Queue<Delivery> waiting = new();
    private readonly Queue<Instance> room = new();
    private int working;

    /// <param name="takeAsync">Receives or deletes a message.</param>
    public Dispatch(VirtualTime time, IReadOnlyList<Instance> instances, int atOnce, Func<Task> takeAsync)
    {
        (this.time, this.takeAsync) = (time, takeAsync);
        for (var slot = 0; slot < atOnce; slot++)
        {
            foreach (var instance in instances)
            {
                room.Enqueue(instance);
            }
        }
    }

    public int GivenUp { get; private set; }

    /// <summary>Nothing waits, and nothing is being handled.</summary>
    public bool IsIdle => waiting.Count == 0 && working == 0;

    public void Add(Delivery delivery)
    {
        waiting.Enqueue(delivery);
        while (waiting.Count > 0 && room.TryDequeue(out var instance))
        {
            working++;
            var next = waiting.Dequeue();
            time.Start(() => HandleAsync(instance, next));
        }
    }

    private async Task HandleAsync(Instance instance, Delivery first)
    {
        for (Delivery? next = first; next is not null; next = waiting.TryDequeue(out var other) ? other : null)
        {
            await takeAsync();
            await DeliverAsync(instance, next);
        }

        working--;
        room.Enqueue(instance);
    }

    private async Task DeliverAsync(Instance instance, Delivery delivery)
    {
        try
        {
            await delivery.Handle(instance);
            await takeAsync();
        }
        catch (RequestFailedException) when (++delivery.Attempts < MostAttempts)
        {
            working++;
            time.After(
                Again,
                () =>
                {
                    working--;
                    Add(delivery);
                }
            );
        }
        catch (RequestFailedException)
        {
            GivenUp++;
        }
    }
}
