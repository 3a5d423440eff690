using System.Threading.Channels;
using FunctionsHost.Configuration;
using FunctionsHost.Handler;
using FunctionsHost.Storage;

namespace FunctionsHost.Triggers.Blob;

/// <summary>Works off the blobs that were found, a bounded number at a time; five failed attempts make a blob poison.</summary>
internal sealed class BlobDispatcher(HandlerClient handler, BlobOptions options, ILogger log) : IListener
{
    private static readonly TimeSpan StorageDelay = TimeSpan.FromSeconds(1);
    private readonly Channel<Work> _work = Channel.CreateUnbounded<Work>();

    public void Add(BlobFunction function, KnownBlob blob) =>
        _work.Writer.TryWrite(new Work(function, blob, function.Receipts.Attempts(function.Pattern.Container, blob)));

    public Task RunAsync(CancellationToken stopping, CancellationToken abandoned) =>
        Task.WhenAll(Enumerable.Range(0, options.MaxDegreeOfParallelism).Select(_ => WorkAsync(stopping, abandoned)));

    private async Task WorkAsync(CancellationToken stopping, CancellationToken abandoned)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await ProcessAsync(await _work.Reader.ReadAsync(stopping), abandoned);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ProcessAsync(Work work, CancellationToken abandoned)
    {
        var (function, blob, attempts) = work;
        var (container, receipts) = (function.Pattern.Container, function.Receipts);
        try
        {
            switch (await function.InvokeAsync(blob, handler, abandoned))
            {
                case BlobAttempt.Succeeded:
                    await UntilDoneAsync("writing a receipt", () => receipts.WriteAsync(container, blob, abandoned), abandoned);
                    break;
                case BlobAttempt.Gone:
                    log.BlobGone($"{container}/{blob.Name}");
                    await UntilDoneAsync("clearing attempts", () => receipts.ForgetAttemptsAsync(container, blob, abandoned), abandoned);
                    break;
                case BlobAttempt.Failed when attempts + 1 < options.PoisonBlobThreshold:
                    await UntilDoneAsync(
                        "counting an attempt", () => receipts.WriteAttemptsAsync(container, blob, attempts + 1, abandoned), abandoned);
                    _work.Writer.TryWrite(work with { Attempts = attempts + 1 }); // Behind the others: it must not hold them up.
                    break;
                case BlobAttempt.Failed:
                    await UntilDoneAsync("sending a poison message", () => PoisonBlobs.SendAsync(function, blob, abandoned), abandoned);
                    await UntilDoneAsync("writing a receipt", () => receipts.WriteAsync(container, blob, abandoned), abandoned);
                    log.BlobPoisoned($"{container}/{blob.Name}", attempts + 1, PoisonBlobs.QueueName);
                    break;
            }
        }
        catch (Exception e) when (StorageRetry.IsTransient(e, abandoned))
        {
            // Storage failed before the handler was called, which is not the blob's fault.
            log.StorageFailed($"reading {container}/{blob.Name}", StorageRetry.Describe(e));
            await Task.Delay(StorageDelay, abandoned);
            _work.Writer.TryWrite(work);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.Unexpected(e, $"The blob {container}/{blob.Name}"); // Must not take a worker down; the next start tries it again.
        }
    }

    private Task UntilDoneAsync(string activity, Func<Task> action, CancellationToken abandoned) =>
        StorageRetry.UntilDoneAsync(activity, action, log, abandoned);

    private sealed record Work(BlobFunction Function, KnownBlob Blob, int Attempts);
}
