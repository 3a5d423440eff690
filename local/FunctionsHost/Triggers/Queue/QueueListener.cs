using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using FunctionsHost.Configuration;
using FunctionsHost.Handler;
using FunctionsHost.Storage;
using FunctionsHost.Triggers.Blob;

namespace FunctionsHost.Triggers.Queue;

/// <summary>Invokes one function for each message of its queue; a message that keeps failing goes to the poison queue.</summary>
internal sealed class QueueListener(
    Function function, string queueName, StorageAccount account, QueueOptions options, HandlerClient handler, ILogger log)
    : IListener, IDisposable
{
    private readonly QueueClient _queue = account.Queues.GetQueueClient(queueName);
    private readonly string _poisonQueueName = $"{queueName}-poison";
    private readonly SemaphoreSlim _finished = new(0);
    private readonly HashSet<Task> _running = [];

    /// <summary>How often the handler ended because of a message, for those at which it ended at all.</summary>
    private readonly ConcurrentDictionary<string, int> _deaths = new();

    public async Task RunAsync(CancellationToken stopping, CancellationToken abandoned)
    {
        var delay = new QueuePollDelay(options.MaxPollingInterval);
        try
        {
            await StorageRetry.UntilDoneAsync(
                $"creating the queue {queueName}", () => _queue.CreateIfNotExistsAsync(cancellationToken: stopping), log, stopping);
            while (true)
            {
                while (CountRunning() > options.NewBatchThreshold)
                {
                    await _finished.WaitAsync(stopping);
                }

                QueueMessage[] messages = [];
                await StorageRetry.UntilDoneAsync(
                    $"reading the queue {queueName}", async () => messages = await ReceiveAsync(stopping), log, stopping);
                foreach (var message in messages)
                {
                    Track(ProcessAsync(message, abandoned));
                }

                if (messages.Length > 0)
                {
                    delay.Found();
                }
                else
                {
                    await Task.Delay(delay.Empty(), stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }

        await Task.WhenAll(Running());
    }

    public void Dispose() => _finished.Dispose();

    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken stopping)
    {
        try
        {
            return await _queue.ReceiveMessagesAsync(options.BatchSize, QueueLease.Length, stopping);
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await _queue.CreateIfNotExistsAsync(cancellationToken: stopping);
            return [];
        }
    }

    private async Task ProcessAsync(QueueMessage message, CancellationToken abandoned)
    {
        await using var lease = new QueueLease(_queue, message, log);
        try
        {
            if (QueueInvocation.Decode(message.MessageText, options.Base64) is not { } text)
            {
                await PoisonAsync(lease, "it is not base64, which extensions.queues.messageEncoding asks for", abandoned);
            }
            else if (message.DequeueCount > options.MaxDequeueCount)
            {
                await PoisonAsync(lease, "no attempt came to an end", abandoned);
            }
            else
            {
                await InvokeAsync(lease, text, abandoned);
            }
        }
        catch (OperationCanceledException)
        {
            await GiveBackAsync(lease);
        }
        catch (Exception e)
        {
            log.Unexpected(e, $"Message {message.MessageId} of the queue {queueName}");
        }
    }

    private async Task InvokeAsync(QueueLease lease, string text, CancellationToken abandoned)
    {
        var message = lease.Message;
        var isSuspect = _deaths.ContainsKey(message.MessageId);
        var outcome = await handler.InvokeAsync(QueueInvocation.Create(function, message, text), abandoned, alone: isSuspect);
        if (outcome.Ended)
        {
            _deaths.AddOrUpdate(message.MessageId, outcome.Blamed ? 1 : 0, (_, deaths) => deaths + (outcome.Blamed ? 1 : 0));
        }

        var died = _deaths.GetValueOrDefault(message.MessageId);
        if (outcome.Succeeded)
        {
            await UntilDoneAsync("deleting a message", () => lease.DeleteAsync(abandoned), abandoned);
        }
        else if (died >= BlobTries.MaxDeaths)
        {
            await PoisonAsync(lease, $"the handler ended {died} times because of it", abandoned);
        }
        else if (message.DequeueCount >= options.MaxDequeueCount)
        {
            await PoisonAsync(lease, $"it failed {message.DequeueCount} times", abandoned);
        }
        else
        {
            await UntilDoneAsync("releasing a message", () => lease.ReleaseAsync(options.VisibilityTimeout, abandoned), abandoned);
            return;
        }

        _deaths.TryRemove(message.MessageId, out _);
    }

    private async Task PoisonAsync(QueueLease lease, string reason, CancellationToken abandoned)
    {
        var poison = account.Queues.GetQueueClient(_poisonQueueName);
        await UntilDoneAsync(
            "sending a poison message",
            async () =>
            {
                await poison.CreateIfNotExistsAsync(cancellationToken: abandoned);
                await poison.SendMessageAsync(lease.Message.MessageText, abandoned);
            },
            abandoned);
        await UntilDoneAsync("deleting a message", () => lease.DeleteAsync(abandoned), abandoned);
        log.MessagePoisoned(lease.Message.MessageId, queueName, _poisonQueueName, reason);
    }

    /// <summary>The host is going down: the next one should not have to wait for the lease to end.</summary>
    private async Task GiveBackAsync(QueueLease lease)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await lease.ReleaseAsync(TimeSpan.Zero, limit.Token);
        }
        catch (Exception e)
        {
            log.StorageFailed("releasing a message", StorageRetry.Describe(e));
        }
    }

    private Task UntilDoneAsync(string activity, Func<Task> action, CancellationToken abandoned) =>
        StorageRetry.UntilDoneAsync(activity, action, log, abandoned);

    private int CountRunning()
    {
        lock (_running)
        {
            return _running.Count;
        }
    }

    private Task[] Running()
    {
        lock (_running)
        {
            return [.. _running];
        }
    }

    private void Track(Task task)
    {
        lock (_running)
        {
            _running.Add(task);
        }

        _ = UntrackAsync(task);
    }

    private async Task UntrackAsync(Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_running)
        {
            _running.Remove(task);
        }

        _finished.Release();
    }
}
