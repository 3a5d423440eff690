using Serverless.Embeddings;
using Shared;
using Xunit;

namespace Functions.Tests.Embeddings;

public class BatchWorkersTests
{
    [Fact]
    public async Task Each_caller_gets_the_result_of_its_own_input()
    {
        await using var workers = new BatchWorkers<int, int>(4, 16, 8, batch => [.. batch.Select(value => value * value)]);

        var results = await Task.WhenAll(Enumerable.Range(0, 1000).Select(value => workers.RunAsync(value, CancellationToken.None)));

        Assert.Equal(Enumerable.Range(0, 1000).Select(value => value * value), results);
    }

    [Fact]
    public async Task A_single_item_is_served_at_once_and_alone()
    {
        var sizes = new List<int>();
        await using var workers = new BatchWorkers<int, int>(
            1,
            16,
            8,
            batch =>
            {
                sizes.Add(batch.Count);
                return [.. batch];
            }
        );

        await Patience.ForAsync(workers.RunAsync(1, CancellationToken.None));

        Assert.Equal([1], sizes);
    }

    [Fact]
    public async Task What_waits_behind_a_busy_worker_is_taken_together_up_to_the_limit()
    {
        var (sizes, gate) = (new List<int>(), new TaskCompletionSource());
        await using var workers = new BatchWorkers<int, int>(
            1,
            64,
            8,
            batch =>
            {
                sizes.Add(batch.Count);
                gate.Task.Wait();
                return [.. batch];
            }
        );
        var first = workers.RunAsync(0, CancellationToken.None);
        await Patience.UntilAsync(() => sizes.Count == 1);
        var rest = Enumerable.Range(1, 20).Select(value => workers.RunAsync(value, CancellationToken.None)).ToArray();

        gate.SetResult();
        await Patience.ForAsync(Task.WhenAll([first, .. rest]));

        Assert.Equal([1, 8, 8, 4], sizes);
    }

    [Fact]
    public async Task A_full_queue_holds_its_callers_back_and_cancelled_work_is_never_done()
    {
        var (done, gate) = (new List<int>(), new TaskCompletionSource());
        await using var workers = new BatchWorkers<int, int>(
            1,
            2,
            1,
            batch =>
            {
                gate.Task.Wait();
                done.AddRange(batch);
                return [.. batch];
            }
        );
        using var cancelled = new CancellationTokenSource();
        var running = workers.RunAsync(0, CancellationToken.None);
        var waiting = Enumerable.Range(1, 5).Select(value => workers.RunAsync(value, cancelled.Token)).ToArray();

        await cancelled.CancelAsync();
        gate.SetResult();

        await Assert.AllAsync(waiting, task => Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.ForAsync(task)));
        await Patience.ForAsync(running);
        Assert.Equal(7, await Patience.ForAsync(workers.RunAsync(7, CancellationToken.None)));
        Assert.DoesNotContain(done, value => value is >= 2 and <= 5);
    }

    [Fact]
    public async Task A_failure_reaches_its_callers_and_the_next_ones_are_served()
    {
        await using var workers = new BatchWorkers<int, int>(
            1,
            4,
            4,
            batch => batch[0] < 0 ? throw new InvalidDataException("bad") : [.. batch]
        );

        await Assert.ThrowsAsync<InvalidDataException>(() => Patience.ForAsync(workers.RunAsync(-1, CancellationToken.None)));
        Assert.Equal(3, await Patience.ForAsync(workers.RunAsync(3, CancellationToken.None)));
    }
}
