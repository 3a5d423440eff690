using Azure.Storage.Queues;
using Functions.Tests.Ledger;
using Serverless.Backfill;
using Serverless.Jobs;
using Serverless.Storage;

namespace Functions.Tests.Backfill;

/// <summary>A backfill whose queue message storage lost.</summary>
public sealed class StalledBackfillTests(StorageFixture storage)
{
    [Fact]
    public async Task A_backfill_that_stands_still_is_sent_on_and_one_that_is_over_or_wrote_lately_is_not()
    {
        var jobs = new BackfillJobs(storage.Tables());
        await jobs.EnsureAsync(default);
        var service = new QueueServiceClient(storage.ConnectionString);
        var queue = new BackfillQueue(service);
        await queue.EnsureAsync(default);
        var running = await WriteAsync(jobs, BackfillStatus.Running);
        var cancelled = await WriteAsync(jobs, BackfillStatus.Cancelled);

        await Run(TimeSpan.Zero).WakeStalledAsync(default);
        Assert.DoesNotContain(await MessagesAsync(), message => message.Contains(running, StringComparison.Ordinal));

        // An hour later by the clock of the storage service.
        await Run(TimeSpan.FromHours(1)).WakeStalledAsync(default);
        var messages = await MessagesAsync();
        Assert.Contains(messages, message => message.Contains(running, StringComparison.Ordinal));
        Assert.DoesNotContain(messages, message => message.Contains(cancelled, StringComparison.Ordinal));

        // Neither the images nor a page of them is needed to send a message.
        BackfillRun Run(TimeSpan ahead) =>
            new(
                jobs,
                queue,
                sliceQueue: null!,
                listing: null!,
                new StorageClock(TimeProvider.System, _ => Task.FromResult(DateTimeOffset.UtcNow + ahead)),
                TimeProvider.System
            );

        async Task<List<string>> MessagesAsync() =>
            [
                .. (await service.GetQueueClient(BackfillQueue.Name).ReceiveMessagesAsync(32)).Value.Select(message =>
                    message.Body.ToString()
                ),
            ];
    }

    private static async Task<string> WriteAsync(BackfillJobs jobs, BackfillStatus status)
    {
        var job = new BackfillJob
        {
            Id = JobTable.NewId(DateTimeOffset.UtcNow),
            Container = "images",
            Status = status,
        };
        Assert.NotNull(await jobs.TryWriteAsync(job, default));
        return job.Id;
    }
}
