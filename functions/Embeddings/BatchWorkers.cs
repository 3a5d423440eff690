using System.Threading.Channels;
using Serverless.Telemetry;

namespace Serverless.Embeddings;

/// <summary>
/// A bounded queue and a few workers. A worker batches its share of what is queued and never waits to fill a batch: a single image is
/// served at once, and under load batches form without leaving another worker idle.
/// </summary>
internal sealed class BatchWorkers<TInput, TResult> : IAsyncDisposable, IDisposable
{
    private readonly Channel<Item> queue;
    private readonly Func<IReadOnlyList<TInput>, IReadOnlyList<TResult>> run;
    private readonly int maxBatch;
    private readonly Task[] workers;
    private int idle;

    public BatchWorkers(int workerCount, int queueLength, int maxBatch, Func<IReadOnlyList<TInput>, IReadOnlyList<TResult>> run)
    {
        this.run = run;
        this.maxBatch = maxBatch;
        queue = Channel.CreateBounded<Item>(new BoundedChannelOptions(queueLength) { FullMode = BoundedChannelFullMode.Wait });
        workers = [.. Enumerable.Range(0, workerCount).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>Waits for space in the queue, then for the result. Cancelled work that has not started is skipped.</summary>
    public async Task<TResult> RunAsync(TInput input, CancellationToken cancellationToken)
    {
        var item = new Item(input, cancellationToken);
        await queue.Writer.WriteAsync(item, cancellationToken);
        return await item.Result.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.WhenAll(workers);
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task WorkAsync()
    {
        var batch = new List<Item>(maxBatch);
        while (await WaitAsync())
        {
            Take(batch);
            if (batch.Count > 0)
            {
                Complete(batch);
                batch.Clear();
            }
        }
    }

    private async Task<bool> WaitAsync()
    {
        Interlocked.Increment(ref idle);
        try
        {
            return await queue.Reader.WaitToReadAsync();
        }
        finally
        {
            Interlocked.Decrement(ref idle);
        }
    }

    private void Take(List<Item> batch)
    {
        var others = Volatile.Read(ref idle);
        var share = Math.Clamp((queue.Reader.Count + others) / (others + 1), 1, maxBatch);
        while (batch.Count < share && queue.Reader.TryRead(out var item))
        {
            if (item.Cancellation.IsCancellationRequested)
            {
                item.Result.TrySetCanceled(item.Cancellation);
            }
            else
            {
                batch.Add(item);
            }
        }
    }

    private void Complete(List<Item> batch)
    {
        ImageMetrics.Batch(batch.Count);
        try
        {
            var results = run([.. batch.Select(item => item.Input)]);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Result.TrySetResult(results[i]);
            }
        }
        catch (Exception) when (batch.Count > 1)
        {
            // A fault of one item must not fail the others in its batch.
            foreach (var item in batch)
            {
                Complete([item]);
            }
        }
        catch (Exception exception)
        {
            batch[0].Result.TrySetException(exception);
        }
    }

    private sealed record Item(TInput Input, CancellationToken Cancellation)
    {
        public TaskCompletionSource<TResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
