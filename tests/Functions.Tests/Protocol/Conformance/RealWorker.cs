using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Search.Documents.Indexes;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Functions.Tests.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Hosting;
using Serverless.Imaging;
using Serverless.Jobs;
using Serverless.Ledger;
using Serverless.Pipeline;
using Serverless.Pipeline.Steps;
using Serverless.Search;
using Serverless.Storage;

namespace Functions.Tests.Protocol.Conformance;

/// <summary>The app's own services as one process of it has them, with clients that stop before each request.</summary>
internal sealed class RealWorker : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public RealWorker(Dictionary<string, string?> settings, StoppedClock clock)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var connection = settings["AzureWebJobsStorage"]!;
        services = AppFloors
            .Add(new ServiceCollection(), configuration)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(new StorageClock(clock, _ => Task.FromResult(TimeProvider.System.GetUtcNow() + clock.Advanced)))
            .AddSingleton(new BlobServiceClient(connection, Stopping(new BlobClientOptions())))
            .AddSingleton(new TableServiceClient(connection, Stopping(new TableClientOptions())))
            .AddSingleton(
                new QueueServiceClient(connection, Stopping(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }))
            )
            .AddSingleton(provider =>
            {
                var options = provider.GetRequiredService<IOptions<Serverless.Search.SearchOptions>>().Value;
                return new SearchIndexClient(
                    new Uri(options.Endpoint),
                    new AzureKeyCredential(options.ApiKey!),
                    Stopping(SearchServices.ClientOptions(options))
                );
            })
            .BuildServiceProvider();
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Task EnsureAsync(CancellationToken cancellation) =>
        Task.WhenAll(PreparationStep.All(services).Select(step => step.RunAsync(cancellation)));

    public Task RunAsync(Event kind, ImagePath path, string message, CancellationToken cancellation) =>
        kind switch
        {
            Event.Created or Event.Deleted => Get<ImagePipeline>().AdvanceAsync(path, Occasion.Event, cancellation),
            Event.Restore => Get<Restoration>().RunAsync(path.Id, RestoreReason.NoDuplicate, cancellation),
            Event.DeleteForGood => Get<DeleteForGood>().TryRunAsync(path.Id, cancellation),
            _ => Get<SecondLook>().RunAsync(JsonSerializer.Deserialize(message, RecheckJson.Default.RecheckMessage)!, cancellation),
        };

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static T Stopping<T>(T options)
        where T : ClientOptions
    {
        options.AddPolicy(new DueNow(), HttpPipelinePosition.PerCall);
        options.AddPolicy(new RequestStop(), HttpPipelinePosition.PerCall);
        return options;
    }
}
