using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Functions.Tests.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Serverless.Jobs;
using Serverless.Storage;

namespace Functions.Tests.Jobs;

/// <summary>Work that counts to five, as several workers do it on real storage.</summary>
public sealed class JobRunTests(StorageFixture storage)
{
    private readonly string kind = $"count{Guid.NewGuid():N}";

    [Fact]
    public async Task A_job_is_done_step_by_step_and_keeps_what_it_noted()
    {
        var (run, table, _) = await WorkerAsync(new Counting(kind));
        var started = await run.StartAsync(kind, "0", default);
        await run.RunAsync(new JobMessage(kind, started.Id), default);
        var done = (await table.FindAsync(kind, started.Id, default))!;
        Assert.Equal((JobStatus.Completed, "5", 5), (done.Status, done.State, done.Items));
        Assert.NotNull(done.FinishedAt);
        Assert.Equal(["0", "1", "2", "3", "4"], await table.ItemsAsync(started.Id, 0, done.Items, default).ToListAsync());
        Assert.Equal(started.Id, (await table.ListAsync(kind, default).FirstAsync()).Id);
    }

    [Fact]
    public async Task Only_one_job_of_a_kind_runs_at_a_time_whoever_starts_it()
    {
        var (run, table, queue) = await WorkerAsync(new Counting(kind));
        var started = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => run.StartAsync(kind, "0", default)));
        var job = Assert.Single(started.Select(job => job.Id).Distinct());
        Assert.NotEmpty(await MessagesAsync(queue));
        await run.RunAsync(new JobMessage(kind, job), default);
        Assert.NotEqual(job, (await run.StartAsync(kind, "0", default)).Id);
        Assert.Equal(2, await table.ListAsync(kind, default).CountAsync());
    }

    [Fact]
    public async Task Steps_that_two_workers_do_at_once_are_counted_once()
    {
        var (first, table, _) = await WorkerAsync(new Counting(kind));
        var (second, _, _) = await WorkerAsync(new Counting(kind));
        var job = await first.StartAsync(kind, "0", default);
        await Task.WhenAll(first.RunAsync(new JobMessage(kind, job.Id), default), second.RunAsync(new JobMessage(kind, job.Id), default));
        await first.RunAsync(new JobMessage(kind, job.Id), default);
        var done = (await table.FindAsync(kind, job.Id, default))!;
        Assert.Equal((JobStatus.Completed, "5", 5), (done.Status, done.State, done.Items));
    }

    [Fact]
    public async Task A_cancelled_job_stops_before_its_next_step()
    {
        var counting = new Counting(kind);
        var (run, table, _) = await WorkerAsync(counting);
        var job = await run.StartAsync(kind, "0", default);
        counting.Before = async number =>
        {
            if (number == 2)
            {
                await run.CancelAsync(kind, job.Id, default);
            }
        };
        await run.RunAsync(new JobMessage(kind, job.Id), default);
        var stopped = (await table.FindAsync(kind, job.Id, default))!;
        Assert.Equal((JobStatus.Cancelled, "2"), (stopped.Status, stopped.State));
        Assert.Null(await run.CancelAsync(kind, new string('0', 32), default));
    }

    [Fact]
    public async Task A_step_that_fails_is_tried_again_and_one_that_fails_five_times_ends_the_job_with_its_reason()
    {
        var counting = new Counting(kind);
        var (run, table, _) = await WorkerAsync(counting);
        var job = await run.StartAsync(kind, "0", default);
        counting.Before = number => number == 3 ? throw new InvalidOperationException("Three is too much.") : Task.CompletedTask;
        for (var attempt = 1; attempt < 5; attempt++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => run.RunAsync(new JobMessage(kind, job.Id), default));
            var running = (await table.FindAsync(kind, job.Id, default))!;
            Assert.Equal((JobStatus.Running, attempt), (running.Status, running.Failures));
        }

        await run.RunAsync(new JobMessage(kind, job.Id), default);
        var failed = (await table.FindAsync(kind, job.Id, default))!;
        Assert.Equal(JobStatus.Failed, failed.Status);
        Assert.Contains("Three is too much.", failed.Reason, StringComparison.Ordinal);
        Assert.NotEqual(job.Id, (await run.StartAsync(kind, "0", default)).Id);
    }

    [Fact]
    public async Task Work_longer_than_a_message_may_take_goes_on_with_the_next_message()
    {
        var clock = new FakeTimeProvider();
        var counting = new Counting(kind)
        {
            Before = _ =>
            {
                clock.Advance(TimeSpan.FromSeconds(50));
                return Task.CompletedTask;
            },
        };
        var (run, table, queue) = await WorkerAsync(counting, clock);
        var job = await run.StartAsync(kind, "0", default);
        await MessagesAsync(queue);
        await run.RunAsync(new JobMessage(kind, job.Id), default);
        Assert.Equal("2", (await table.FindAsync(kind, job.Id, default))!.State);
        Assert.Contains(await MessagesAsync(queue), message => message.Contains(job.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_whose_message_was_lost_goes_on_when_it_is_started_again()
    {
        var (run, _, queue) = await WorkerAsync(new Counting(kind));
        var job = await run.StartAsync(kind, "0", default);
        await MessagesAsync(queue);
        Assert.Equal(job.Id, (await run.StartAsync(kind, "0", default)).Id);
        Assert.Empty(await MessagesAsync(queue));

        // An hour later by the clock of the storage service.
        var (later, _, _) = await WorkerAsync(new Counting(kind), ahead: TimeSpan.FromHours(1));
        Assert.Equal(job.Id, (await later.StartAsync(kind, "0", default)).Id);
        Assert.Contains(await MessagesAsync(queue), message => message.Contains(job.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_whose_message_was_lost_goes_on_by_itself_once_it_has_stood_still()
    {
        var (run, table, queue) = await WorkerAsync(new Counting(kind));
        var job = await run.StartAsync(kind, "0", default);
        await MessagesAsync(queue);
        await run.WakeStalledAsync(default);
        Assert.Empty(await MessagesAsync(queue));

        var (later, _, _) = await WorkerAsync(new Counting(kind), ahead: TimeSpan.FromHours(1));
        await later.WakeStalledAsync(default);
        Assert.Contains(await MessagesAsync(queue), message => message.Contains(job.Id, StringComparison.Ordinal));
        await run.RunAsync(new JobMessage(kind, job.Id), default);
        await later.WakeStalledAsync(default);
        Assert.Empty(await MessagesAsync(queue));
        Assert.Equal(JobStatus.Completed, (await table.FindAsync(kind, job.Id, default))!.Status);
    }

    [Theory]
    [InlineData("Status", "Bogus")]
    [InlineData("Status", 7)]
    [InlineData("State", null)]
    [InlineData("Items", "many")]
    public async Task A_row_that_cannot_be_read_is_as_good_as_none(string column, object? value)
    {
        var (run, table, _) = await WorkerAsync(new Counting(kind));
        var job = await run.StartAsync(kind, "0", default);
        var rows = storage.Tables().GetTableClient("ImageJobs");
        var row = (await rows.GetEntityAsync<TableEntity>(kind, job.Id)).Value;
        row.Remove(column);
        if (value is not null)
        {
            row[column] = value;
        }

        await rows.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace);
        Assert.Null(await table.FindAsync(kind, job.Id, default));
        Assert.NotEqual(job.Id, (await run.StartAsync(kind, "0", default)).Id);
        Assert.Single(await table.ListAsync(kind, default).ToListAsync());
    }

    [Fact]
    public async Task Jobs_that_are_over_are_deleted_with_what_they_noted_once_they_are_old()
    {
        var (run, table, _) = await WorkerAsync(new Counting(kind));
        var over = await run.StartAsync(kind, "0", default);
        await run.RunAsync(new JobMessage(kind, over.Id), default);
        await table.WriteItemsAsync(over.Id, 5, [.. Enumerable.Repeat("more than one batch", 250)], default);
        var running = await run.StartAsync(kind, "0", default);

        await table.TrimAsync(kind, DateTimeOffset.UtcNow.AddHours(-1), default);
        Assert.Equal(2, await table.ListAsync(kind, default).CountAsync());

        await table.TrimAsync(kind, DateTimeOffset.UtcNow.AddHours(1), default);
        Assert.Equal(running.Id, (await table.ListAsync(kind, default).SingleAsync()).Id);
        Assert.Empty(await table.ItemsAsync(over.Id, 0, 1000, default).ToListAsync());
        await run.RunAsync(new JobMessage(kind, running.Id), default);
        Assert.Equal(JobStatus.Completed, (await table.FindAsync(kind, running.Id, default))!.Status);
    }

    private async Task<IReadOnlyList<string>> MessagesAsync(QueueClient queue)
    {
        var messages = (await queue.ReceiveMessagesAsync(32)).Value;
        foreach (var message in messages)
        {
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }

        return [.. messages.Select(message => message.MessageText).Where(text => text.Contains(kind, StringComparison.Ordinal))];
    }

    private async Task<(JobRun Run, JobTable Table, QueueClient Queue)> WorkerAsync(
        Counting steps,
        TimeProvider? clock = null,
        TimeSpan ahead = default
    )
    {
        var table = new JobTable(storage.Tables());
        await table.EnsureAsync(default);
        var service = new QueueServiceClient(storage.ConnectionString);
        var queue = new JobQueue(service);
        await queue.EnsureAsync(default);
        var time = new StorageClock(clock ?? TimeProvider.System, _ => Task.FromResult(DateTimeOffset.UtcNow + ahead));
        return (
            new JobRun(table, queue, time, clock ?? TimeProvider.System, [steps], NullLogger<JobRun>.Instance),
            table,
            service.GetQueueClient(JobQueue.Name)
        );
    }

    private sealed class Counting(string kind) : IJobSteps
    {
        public Func<int, Task> Before { get; set; } = _ => Task.CompletedTask;

        public string Kind => kind;

        public async Task<JobStep> StepAsync(Job job, CancellationToken cancellation)
        {
            var number = int.Parse(job.State, CultureInfo.InvariantCulture);
            await Before(number);
            var next = job with
            {
                State = (number + 1).ToString(CultureInfo.InvariantCulture),
                Status = number == 4 ? JobStatus.Completed : JobStatus.Running,
            };
            return new JobStep(next, [job.State]);
        }
    }
}
