using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Search.Documents;
using Azure.Search.Documents.Indexes;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Functions.Tests.Pipeline;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Duplicates.Originals;
using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Pipeline;
using Serverless.Pipeline.Steps;
using Serverless.Storage;

namespace Bench.Scale;

/// <summary>
/// The app's own services as one process has them, with clients of the modelled services. Only decoding and embedding are replaced: they
/// take processor time, and find what the gallery knows. So is the comparison of two originals: its result is known, and takes no time.
/// </summary>
internal sealed class Worker : IAsyncDisposable
{
    private const string Connection =
        "DefaultEndpointsProtocol=https;AccountName=sim;AccountKey=c2ltdWxhdGVk;EndpointSuffix=core.windows.net";

    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["AzureWebJobsStorage"] = Connection,
        ["Search:Endpoint"] = "https://sim.search.windows.net",
        ["Search:ApiKey"] = "simulated",
    };

    private readonly ServiceProvider services;
    private readonly Gallery gallery;
    private readonly Processor processor;
    private readonly TimeSpan embedWork;
    private readonly TableClient attempts;
    private readonly string name = Guid.NewGuid().ToString("N");

    public Worker(VirtualTime time, Wire wire, Processor processor, Gallery gallery, Assumptions assumptions)
    {
        (this.gallery, this.processor, embedWork, Wire) = (gallery, processor, assumptions.EmbedWork, wire);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings).Build();
        var tables = new TableServiceClient(Connection, wire.Over(new TableClientOptions()));
        attempts = tables.GetTableClient("ImageAttempts");
        services = AppFloors
            .Add(new ServiceCollection(), configuration)
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(new StorageClock(time, _ => Task.FromResult(time.GetUtcNow())))
            .AddSingleton(tables)
            .AddSingleton(new BlobServiceClient(Connection, wire.Over(new BlobClientOptions())))
            .AddSingleton(
                new QueueServiceClient(Connection, wire.Over(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }))
            )
            .AddSingleton(
                new SearchIndexClient(
                    new Uri(Settings["Search:Endpoint"]!),
                    new AzureKeyCredential(Settings["Search:ApiKey"]!),
                    wire.Over(new SearchClientOptions())
                )
            )
            .AddSingleton(Gallery.Model)
            .AddSingleton<IEmbeddingGenerator<CheckedImage, ImageEmbedding>>(new NoModel<CheckedImage, ImageEmbedding>())
            .AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new NoModel<string, Embedding<float>>())
            .AddSingleton(new ImageReader(Options.Create(new ImageLimits())))
            .BuildServiceProvider();
    }

    public Wire Wire { get; }

    /// <summary>An upload's event, from the snapshot on, as <see cref="ImagePipeline"/> handles it.</summary>
    public async Task IngestAsync(Upload upload)
    {
        KnowCopies(upload);
        StepResult result;
        do
        {
            var seen = await Get<Snapshots>().TakeAsync(upload.Path, Occasion.Event, CancellationToken.None);
            if (seen.Next != NextStep.Ingest)
            {
                await Get<ImagePipeline>().AdvanceAsync(upload.Path, Occasion.Event, CancellationToken.None);
                return;
            }

            result = await Get<Snapshots>().ConfirmAsync(seen, await JudgeAsync(upload, seen), CancellationToken.None);
        } while (result == StepResult.LookAgain);
    }

    /// <summary>A second look.</summary>
    public Task RecheckAsync(string message, Upload upload)
    {
        KnowCopies(upload);
        return Get<SecondLook>().RunAsync(JsonSerializer.Deserialize(message, RecheckJson.Default.RecheckMessage)!, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task<StepResult> JudgeAsync(Upload upload, Snapshot seen)
    {
        var read = Get<ImageStore>().ReadAsync(upload.Path, seen.Blob!, CancellationToken.None);
        var note = await NoteAttemptAsync(upload);
        try
        {
            if (await read is null)
            {
                return StepResult.LookAgain;
            }

            await processor.WorkAsync(embedWork);
            var embedded = new Serverless.Pipeline.Upload(seen)
            {
                Attempt = new Attempt(null, null, isDeadly: false),
                Image = Gallery.ImageOf(upload),
                Features = gallery.FeaturesOf(upload),
            };
            var announced = (await Get<AnnounceImage>().RunAsync(embedded, CancellationToken.None)).Announced;
            return announced is null
                ? StepResult.LookAgain
                : await Get<ImagePipeline>()
                    .ApplyAsync(
                        announced,
                        await Get<DuplicateJudge>().JudgeAsync(announced, CancellationToken.None),
                        CancellationToken.None
                    );
        }
        finally
        {
            await attempts.DeleteEntityAsync(note.PartitionKey, note.RowKey, ETag.All, CancellationToken.None);
        }
    }

    /// <summary>The requests of <see cref="Attempts"/>, which would renew the note on a thread of its own.</summary>
    private async Task<TableEntity> NoteAttemptAsync(Upload upload)
    {
        var id = upload.Path.Id;
        await attempts.QueryAsync<TableEntity>(row => row.PartitionKey == id).ToListAsync();
        var note = new TableEntity(id, name)
        {
            ["Version"] = "v",
            ["Machine"] = "m",
            ["Process"] = 1,
            ["Alone"] = false,
        };
        await attempts.UpsertEntityAsync(note, TableUpdateMode.Replace);
        return note;
    }

    private void KnowCopies(Upload upload)
    {
        foreach (var other in gallery.Files[upload.Group].Where(other => other != upload.Sha256))
        {
            Get<KnownMatches>()
                .Note(upload.Sha256, other, ImageOrientation.Upright, new OriginalMatch(OriginalFinding.Same, FramesA: 1, FramesB: 1));
        }
    }

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    private sealed class NoModel<TInput, TResult> : IEmbeddingGenerator<TInput, TResult>
        where TResult : Embedding
    {
        public Task<GeneratedEmbeddings<TResult>> GenerateAsync(
            IEnumerable<TInput> values,
            EmbeddingGenerationOptions? options = null,
            CancellationToken cancellationToken = default
        ) => throw new InvalidOperationException("Nothing is embedded in a simulation.");

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() { }
    }
}
