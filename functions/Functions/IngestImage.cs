using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Serverless.Hosting;
using Serverless.Pipeline;
using Serverless.Storage;
using Serverless.Telemetry;

namespace Serverless.Functions;

/// <summary>Judges an image that was uploaded. Its bytes are read by the judgement, in the version that it judges.</summary>
internal sealed class IngestImage(ImageStore store, EarlyWork early, IServiceProvider services)
{
    /// <param name="blob">Stands for the upload without reading it; its address is no measure of its name, of which it leaves out
    /// steps.</param>
    /// <param name="name">The name of the blob, exactly.</param>
    [Function(nameof(IngestImage))]
    public async Task RunAsync(
        [BlobTrigger("%Storage:Images%/{name}", Source = BlobTriggerSource.EventGrid)] BlobClient blob,
        string name,
        CancellationToken cancellation
    )
    {
        var path = store.PathOfName(name) ?? throw new InvalidOperationException("The trigger names no blob that an address reaches.");
        using var span = ImageSpans.Begin("ingest", path.Id);
        await early.RunAsync(
            path,
            () => services.GetRequiredService<ImagePipeline>().AdvanceAsync(path, Occasion.Event, cancellation),
            cancellation
        );
    }
}
