using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Options;
using Serverless.Backfill;
using Serverless.Ledger;
using Serverless.Storage;
using Shared;

namespace Functions.Tests.Backfill;

/// <summary>
/// A worker dies before each single request by which a backfill changes storage, once in every run. Messages that it did not finish are
/// delivered to another one, as the host does. Reads change nothing, so dying before one is dying after the last change.
/// </summary>
[Long]
public sealed class BackfillKillTests
{
    private const int Blobs = 60;

    [Fact]
    public async Task Wherever_a_worker_dies_every_image_is_processed_once_and_counted_once()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        var container = new BlobContainerClient(azurite.ConnectionString, "images");
        await container.CreateAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Blobs),
            async (number, stop) => await container.UploadBlobAsync($"{number:00}.jpg", BinaryData.FromString("x"), stop)
        );
        await new Worker(azurite.ConnectionString, new Counting(), int.MaxValue).PrepareAsync();

        var deaths = 0;
        while (await IsKilledAsync(azurite.ConnectionString, deaths + 1))
        {
            deaths++;
        }

        // Three slices and their messages, each slice's end, and the backfill's own steps.
        Assert.InRange(deaths, 10, 60);
    }

    /// <summary>Runs a backfill in which a worker dies before that change; false if there were not so many.</summary>
    private static async Task<bool> IsKilledAsync(string connection, int change)
    {
        var counting = new Counting();
        var worker = new Worker(connection, counting, int.MaxValue);
        var id = (await worker.Run.StartAsync(new BackfillJob(), default)).Id;
        worker = new Worker(connection, counting, change);
        var isKilled = false;
        var patience = new Patience();
        while ((await worker.Jobs.FindAsync(id, default))!.Status == BackfillStatus.Running)
        {
            Assert.False(patience.IsOver, $"The backfill whose worker died before change {change} does not end.");
            try
            {
                await worker.DeliverAsync();
            }
            catch (KilledException)
            {
                isKilled = true;
                worker = new Worker(connection, counting, int.MaxValue);
            }
        }

        var job = (await worker.Jobs.FindAsync(id, default))!;
        Assert.Equal((BackfillStatus.Completed, Blobs, Blobs), (job.Status, job.Found, job.Queued));
        Assert.Equal((Blobs, 0), (job.Done, job.Failed));
        Assert.Equal(Blobs, counting.Processed.Count);
        Assert.Equal(Blobs, counting.Processed.Distinct().Count());
        Assert.Empty(await worker.Jobs.SlicesAsync(id, default).ToListAsync());
        return isKilled;
    }

    /// <summary>What a worker runs, over connections that break for good before a change.</summary>
    private sealed class Worker
    {
        private readonly QueueServiceClient queues;
        private readonly ImageLedger ledger;
        private readonly SliceRun slices;

        public Worker(string connection, Counting work, int change)
        {
            var death = new Death(change);
            var tableOptions = new TableClientOptions();
            tableOptions.AddPolicy(death, HttpPipelinePosition.PerCall);
            var queueOptions = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
            queueOptions.AddPolicy(death, HttpPipelinePosition.PerCall);
            var tables = new TableServiceClient(connection, tableOptions);
            queues = new QueueServiceClient(connection, queueOptions);
            Jobs = new BackfillJobs(tables);
            var store = new ImageStore(new BlobServiceClient(connection), Options.Create(new StorageOptions()));
            ledger = new ImageLedger(tables);
            var (queue, sliceQueue) = (new BackfillQueue(queues), new BackfillSliceQueue(queues));
            var clock = new StorageClock(TimeProvider.System, _ => Task.FromResult(DateTimeOffset.UtcNow));
            var images = new BackfillImages(store, ledger, [work]);
            Run = new BackfillRun(Jobs, queue, sliceQueue, new BackfillListing(store, images), clock, TimeProvider.System);
            slices = new SliceRun(Jobs, sliceQueue, images, new UploadsFirst(), TimeProvider.System);
        }

        public BackfillJobs Jobs { get; }

        public BackfillRun Run { get; }

        public async Task PrepareAsync()
        {
            await Jobs.EnsureAsync(default);
            await new BackfillQueue(queues).EnsureAsync(default);
            await new BackfillSliceQueue(queues).EnsureAsync(default);
            await ledger.EnsureAsync(default);
        }

        public async Task DeliverAsync()
        {
            foreach (var message in await ReceiveAsync(BackfillQueue.Name))
            {
                await Run.RunPageAsync(new BackfillQueue(queues).Read(message.Body.ToString()), default);
                await DeleteAsync(BackfillQueue.Name, message);
            }

            foreach (var message in await ReceiveAsync(BackfillSliceQueue.Name))
            {
                await slices.RunAsync(new BackfillSliceQueue(queues).Read(message.Body.ToString()), default);
                await DeleteAsync(BackfillSliceQueue.Name, message);
            }
        }

        private async Task<QueueMessage[]> ReceiveAsync(string queue) =>
            (await queues.GetQueueClient(queue).ReceiveMessagesAsync(16, TimeSpan.FromSeconds(1))).Value;

        private Task DeleteAsync(string queue, QueueMessage message) =>
            queues.GetQueueClient(queue).DeleteMessageAsync(message.MessageId, message.PopReceipt);
    }

    /// <summary>Notes each image; those that it has noted need no more work.</summary>
    private sealed class Counting : IBackfillWork
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Processed { get; } = new();

        public BackfillWork Kind => BackfillWork.Judge;

        public bool IsWanted(BackfillItem item) => !Processed.Contains(item.Path.Name);

        public Task<bool> TryRunAsync(BackfillItem item, CancellationToken cancellation)
        {
            Processed.Enqueue(item.Path.Name);
            return Task.FromResult(true);
        }
    }

    /// <summary>Lets a number of changes through, and from then on nothing.</summary>
    private sealed class Death(int change) : HttpPipelinePolicy
    {
        private int changes;

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            // Receiving is the host's: it is not the worker that changes the queue.
            var isChange = message.Request.Method != RequestMethod.Get;
            if ((isChange ? Interlocked.Increment(ref changes) : Volatile.Read(ref changes)) >= change)
            {
                throw new KilledException();
            }

            await ProcessNextAsync(message, pipeline);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException("The app waits for nothing synchronously.");
    }

    private sealed class KilledException : Exception;
}
