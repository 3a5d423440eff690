using System.Text.Json.Nodes;
using System.Threading.Channels;
using Azure.Storage.Blobs;
using FunctionsHost.Configuration;
using FunctionsHost.Handler;
using FunctionsHost.Storage;
using FunctionsHost.Triggers.Blob;

namespace FunctionsHost.Triggers.EventGrid;

/// <summary>Tells every Event Grid function of deleted blobs, and goes on telling those that do not accept it.</summary>
internal sealed class BlobDeletions(IReadOnlyList<Function> functions, HandlerClient handler, TimeProvider time, ILogger log) : IListener
{
    private const int MaxParallel = 8;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(30);

    private readonly Channel<Delivery> _deliveries = Channel.CreateUnbounded<Delivery>();

    public void Raise(BlobContainerClient container, KnownBlob blob, Func<CancellationToken, Task> accepted)
    {
        var gridEvent = BlobDeletedEvent.Create(container, blob, time.GetUtcNow());
        _deliveries.Writer.TryWrite(new Delivery($"{container.Name}/{blob.Name}", gridEvent, functions, FirstDelay, accepted));
    }

    public Task RunAsync(CancellationToken stopping, CancellationToken abandoned) =>
        Task.WhenAll(Enumerable.Range(0, MaxParallel).Select(_ => DeliverAsync(stopping, abandoned)));

    private async Task DeliverAsync(CancellationToken stopping, CancellationToken abandoned)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await DeliverAsync(await _deliveries.Reader.ReadAsync(stopping), stopping, abandoned);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task DeliverAsync(Delivery delivery, CancellationToken stopping, CancellationToken abandoned)
    {
        var refusing = new List<Function>();
        foreach (var function in delivery.Functions)
        {
            if (!(await handler.InvokeAsync(EventGridInvocation.Create(function, delivery.Event), abandoned)).Succeeded)
            {
                refusing.Add(function);
            }
        }

        if (refusing.Count == 0)
        {
            await StorageRetry.UntilDoneAsync("noting a deletion", () => delivery.Accepted(abandoned), log, abandoned);
            return;
        }

        log.DeletionRefused(delivery.Blob, delivery.Delay);
        var longer = delivery.Delay * 2;
        _ = AddLaterAsync(delivery with { Functions = refusing, Delay = longer < MaxDelay ? longer : MaxDelay }, delivery.Delay, stopping);
    }

    private async Task AddLaterAsync(Delivery delivery, TimeSpan delay, CancellationToken stopping)
    {
        await Task.Delay(delay, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _deliveries.Writer.TryWrite(delivery);
    }

    private sealed record Delivery(
        string Blob, JsonObject Event, IReadOnlyList<Function> Functions, TimeSpan Delay, Func<CancellationToken, Task> Accepted);
}
