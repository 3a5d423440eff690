using System.Threading.Channels;
using FunctionsHost.Configuration;
using FunctionsHost.Handler;
using FunctionsHost.Storage;

namespace FunctionsHost.Triggers.Blob;

/// <summary>Works off the blobs that were found, a bounded number at a time. Five failed attempts make a blob poison, or two at which the handler died.</summary>
internal sealed class BlobDispatcher(HandlerClient handler, BlobOptions options, ILogger log) : IListener
{
    private static readonly TimeSpan StorageDelay = TimeSpan.FromSeconds(1);
    private readonly Channel<Work> _work = Channel.CreateUnbounded<Work>();

    public void Add(BlobFunction function, KnownBlob blob) =>
        _work.Writer.TryWrite(new Work(function, blob, function.Receipts.Tries(function.Pattern.Container, blob)));

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
        var (function, blob, _) = work;
        var name = $"{function.Pattern.Container}/{blob.Name}";
        try
        {
            if (!BlobAddress.Reaches(function.Account.Blobs.GetBlobContainerClient(function.Pattern.Container), blob.Name))
            {
                await PoisonAsync(work, "no URL can address it", abandoned);
            }
            else if (await function.FindAsync(blob, abandoned) is { } invocation)
            {
                await InvokeAsync(work, invocation, abandoned);
            }
            else
            {
                log.BlobGone(name);
                await UntilDoneAsync(
                    "clearing attempts", () => function.Receipts.ForgetTriesAsync(function.Pattern.Container, blob, abandoned), abandoned);
            }
        }
        catch (Exception e) when (StorageRetry.IsOutage(e, abandoned))
        {
            // Storage failed before the handler was called, which is not the blob's fault.
            log.StorageFailed($"reading {name}", StorageRetry.Describe(e));
            await Task.Delay(StorageDelay, abandoned);
            _work.Writer.TryWrite(work);
        }
        catch (Exception e) when (StorageRetry.IsTransient(e, abandoned))
        {
            await NoteFailureAsync(work with { Tries = work.Tries with { Attempts = work.Tries.Attempts + 1 } }, StorageRetry.Describe(e), abandoned);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.Unexpected(e, $"The blob {name}"); // Must not take a worker down; the next start tries it again.
        }
    }

    private async Task InvokeAsync(Work work, Invocation invocation, CancellationToken abandoned)
    {
        var (function, blob, tries) = work;
        if (tries.Deaths >= BlobTries.MaxDeaths)
        {
            await PoisonAsync(work, DiedOfIt(tries), abandoned);
            return;
        }

        var begun = tries.Begin();
        await WriteTriesAsync(work, begun, abandoned);
        var outcome = await handler.InvokeAsync(invocation, abandoned, alone: tries.IsSuspect);
        if (outcome.Succeeded)
        {
            await UntilDoneAsync("writing a receipt", () => function.Receipts.WriteAsync(function.Pattern.Container, blob, abandoned), abandoned);
            return;
        }

        await NoteFailureAsync(work with { Tries = begun.After(outcome.Ended, outcome.Blamed) }, outcome.Failure!, abandoned);
    }

    private async Task NoteFailureAsync(Work work, string reason, CancellationToken abandoned)
    {
        if (work.Tries.Deaths >= BlobTries.MaxDeaths)
        {
            await PoisonAsync(work, DiedOfIt(work.Tries), abandoned);
        }
        else if (work.Tries.Attempts >= options.PoisonBlobThreshold)
        {
            await PoisonAsync(work, $"it failed {work.Tries.Attempts} times, at last with: {reason}", abandoned);
        }
        else
        {
            await WriteTriesAsync(work, work.Tries, abandoned);
            _work.Writer.TryWrite(work); // Behind the others: it must not hold them up.
        }
    }

    private static string DiedOfIt(BlobTries tries) => $"the handler ended {tries.Deaths} times because of it";

    private async Task PoisonAsync(Work work, string reason, CancellationToken abandoned)
    {
        var (function, blob, _) = work;
        await UntilDoneAsync("sending a poison message", () => PoisonBlobs.SendAsync(function, blob, abandoned), abandoned);
        await UntilDoneAsync("writing a receipt", () => function.Receipts.WriteAsync(function.Pattern.Container, blob, abandoned), abandoned);
        log.BlobPoisoned($"{function.Pattern.Container}/{blob.Name}", PoisonBlobs.QueueName, reason);
    }

    private Task WriteTriesAsync(Work work, BlobTries tries, CancellationToken abandoned) => UntilDoneAsync(
        "counting an attempt",
        () => work.Function.Receipts.WriteTriesAsync(work.Function.Pattern.Container, work.Blob, tries, abandoned),
        abandoned);

    private Task UntilDoneAsync(string activity, Func<Task> action, CancellationToken abandoned) =>
        StorageRetry.UntilDoneAsync(activity, action, log, abandoned);

    private sealed record Work(BlobFunction Function, KnownBlob Blob, BlobTries Tries);
}
