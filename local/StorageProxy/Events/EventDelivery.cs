using System.Threading.Channels;

namespace StorageProxy.Events;

/// <summary>Tells every subscriber of an event, again and again until it has taken it; also over the ends of this process.</summary>
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

    /// <summary>Events that are waiting to be told, or told again.</summary>
    public int Waiting => waiting.Reader.Count;

    /// <summary>
    /// Begins to tell, with what an earlier run left. Events of before, and those that nobody subscribes to, are not kept.
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

    /// <exception cref="IOException">It cannot be kept, so it may be lost.</exception>
    public void Raise(GridEvent @event)
    {
        if (subscriptions.Any(subscription => subscription.Takes(@event)))
        {
            journal.Keep(@event);
            Post(@event);
        }
    }

    /// <summary>To be called when the storage was killed and runs again.</summary>
    public void StorageForgot()
    {
        foreach (var recalled in journal.Recall())
        {
            Post(recalled);
        }
    }

    /// <summary>To be called when the storage has stopped as it was asked to.</summary>
    public void StorageSaved() => journal.Settle();

    /// <summary>Says something once, as long as nothing else is said.</summary>
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
                    // This one is refused; others may not be.
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
