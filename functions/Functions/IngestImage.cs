using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Serverless.Backfill;
using Serverless.Hosting;
using Serverless.Models;
using Serverless.Pipeline;
using Serverless.Storage;
using Serverless.Telemetry;

namespace Serverless.Functions;

/// <summary>Judges an uploaded image. The pipeline itself reads the bytes, in the version that it judges.</summary>
internal sealed class IngestImage(ImageStore store, UploadsFirst uploads, EarlyWork early, ModelSides sides)
{
    /// <param name="blob">The uploaded blob, not read. Its URL is normalised, so it may not show the exact name.</param>
    /// <param name="name">The exact name of the blob.</param>
    [Function(nameof(IngestImage))]
    public async Task RunAsync(
        [BlobTrigger("%Storage:Images%/{name}", Source = BlobTriggerSource.EventGrid)] BlobClient blob,
        string name,
        CancellationToken cancellation
    )
    {
        var path = store.PathOfName(name) ?? throw new InvalidOperationException("No URL reaches the blob that the trigger names.");
        using var upload = uploads.BeginUpload();
        using var span = ImageSpans.Begin("ingest", path.Id);
        await early.RunAsync(path, () => sides.Get<ImagePipeline>().AdvanceAsync(path, Occasion.Event, cancellation), cancellation);
    }
}
