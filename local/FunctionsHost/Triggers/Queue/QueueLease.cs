using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using FunctionsHost.Storage;

namespace FunctionsHost.Triggers.Queue;

/// <summary>Holds a message while it is worked on, and lets go of it in the way that fits how that ended.</summary>
internal sealed class QueueLease : IAsyncDisposable
{
    /// <summary>How soon a message comes back when the host is killed in the middle of it.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    private readonly QueueClient _queue;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _done = new();
    private readonly Task _renewing;
    private string _popReceipt;

    public QueueLease(QueueClient queue, QueueMessage message, ILogger log)
    {
        (_queue, Message, _log, _popReceipt) = (queue, message, log, message.PopReceipt);
        _renewing = RenewAsync();
    }

    public QueueMessage Message { get; }

    public async Task DeleteAsync(CancellationToken stopping)
    {
        await StopRenewingAsync();
        await IgnoreLostAsync(() => _queue.DeleteMessageAsync(Message.MessageId, _popReceipt, stopping));
    }

    public async Task ReleaseAsync(TimeSpan visibleIn, CancellationToken stopping)
    {
        await StopRenewingAsync();
        await IgnoreLostAsync(() => _queue.UpdateMessageAsync(
            Message.MessageId, _popReceipt, visibilityTimeout: visibleIn, cancellationToken: stopping));
    }

    public async ValueTask DisposeAsync()
    {
        await StopRenewingAsync();
        _done.Dispose();
    }

    private async Task StopRenewingAsync()
    {
        await _done.CancelAsync();
        await _renewing;
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(Length / 3);
        try
        {
            while (await timer.WaitForNextTickAsync(_done.Token))
            {
                try
                {
                    // Not cancelled half-way: without the new receipt the message could not be deleted any more.
                    UpdateReceipt renewed = await _queue.UpdateMessageAsync(
                        Message.MessageId, _popReceipt, visibilityTimeout: Length, cancellationToken: CancellationToken.None);
                    _popReceipt = renewed.PopReceipt;
                }
                catch (Exception e) when (StorageRetry.IsTransient(e, CancellationToken.None))
                {
                    _log.StorageFailed($"holding message {Message.MessageId}", StorageRetry.Describe(e));
                }
            }
        }
        catch (OperationCanceledException) when (_done.IsCancellationRequested)
        {
        }
    }

    /// <summary>A message that is gone, or that somebody else has by now, is no longer ours to delete or release.</summary>
    private static async Task IgnoreLostAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (RequestFailedException e) when (e.Status is 400 or 404)
        {
        }
    }
}
