using System.Threading.Channels;

namespace StorageProxy.Events;

/// <summary>Delivers each event to every subscriber, retrying until it is accepted, across restarts of this process.</summary>
internal sealed class EventDelivery(EventJournal journal, Action<string> log) : IAsyncDisposable
{
    private const int Together = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly Channel<(GridEvent Event, TimeSpan Pause)> waiting = Channel.CreateUnbounded<(GridEvent, TimeSpan)>();
    private readonly CancellationTokenSource stopping = new();
    private IReadOnlyList<EventSubscription> subscriptions = [];
    private Task running = Task.CompletedTask;
    private string told = "";

    /// <summary>Events waiting for delivery or redelivery.</summary>
    public int Waiting => waiting.Reader.Count;

    /// <summary>
    /// Starts delivering, beginning with what an earlier run left. Events before this, and events without a subscriber, are not kept.
    /// </summary>
    public void Start(IReadOnlyList<EventSubscription> all)
    {
        subscriptions = all;
        foreach (var left in journal.Load())
        {
            Post(left);
        }

        running = Task.WhenAll(Enumerable.Range(0, Together).Select(_ => Task.Run(TellAsync)));
    }

    /// <exception cref="IOException">The event cannot be stored, so it may be lost.</exception>
    public void Raise(GridEvent @event)
    {
        if (subscriptions.Any(subscription => subscription.Takes(@event)))
        {
            journal.Keep(@event);
            Post(@event);
        }
    }

    /// <summary>Call when the storage was killed and runs again.</summary>
    public void StorageForgot()
    {
        foreach (var recalled in journal.Recall())
        {
            Post(recalled);
        }
    }

    /// <summary>Call when the storage has shut down as asked.</summary>
    public void StorageSaved() => journal.Settle();

    /// <summary>Reports a message once until a different one comes.</summary>
    public void Complain(string line)
    {
        if (Interlocked.Exchange(ref told, line) != line)
        {
            log(line);
        }
    }

    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stopping.Dispose();
    }

    private void Post(GridEvent @event) => waiting.Writer.TryWrite((@event, Pause));

    private async Task TellAsync()
    {
        await foreach (var (next, pause) in waiting.Reader.ReadAllAsync(stopping.Token))
        {
            try
            {
                foreach (var subscription in subscriptions.Where(subscription => subscription.Takes(next)))
                {
                    await subscription.Target.TellAsync(next, stopping.Token);
                }

                journal.HasBeenTold(next);
                Interlocked.Exchange(ref told, "");
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                Complain($"Events wait: {failure.Message.Split('\n')[0]}");
                if (failure is HttpRequestException { StatusCode: not null })
                {
                    // This event was refused; others may be accepted.
                    _ = PostLaterAsync(next, pause);
                }
                else
                {
                    await Task.Delay(Pause, stopping.Token);
                    Post(next);
                }
            }
        }
    }

    private async Task PostLaterAsync(GridEvent refused, TimeSpan pause)
    {
        await Task.Delay(pause, stopping.Token);
        waiting.Writer.TryWrite((refused, pause * 2 < LongestPause ? pause * 2 : LongestPause));
    }
}
