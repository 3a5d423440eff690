using System.Text.Json;
using Azure.Messaging.EventGrid;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Serverless.Backfill;
using Serverless.Ingest;
using Serverless.Jobs;
using Serverless.Reconcile;
using Serverless.Storage;
using Serverless.Telemetry;

namespace Serverless.Hosting.Isolated;

/// <summary>The functions of <c>bindings/</c>, declared for the isolated worker. Each hands over and does nothing itself.</summary>
public sealed class IsolatedFunctions(WebApplication app)
{
    private const string Storage = "AzureWebJobsStorage";

    [Function("IngestImage")]
    public async Task IngestImage(
        [BlobTrigger("images/{name}", Connection = Storage, Source = BlobTriggerSource.EventGrid)] BlobClient blob, CancellationToken cancellation)
    {
        var path = new ImagePath(Get<ImageStore>().Images, blob.Name);
        using var span = ImageSpans.Begin("ingest", path.Id);
        await Get<EarlyWork>().RunAsync(path, () => Get<ImageIngest>().RunAsync(path, cancellation), cancellation);
    }

    [Function("RemoveImage")]
    public async Task RemoveImage([EventGridTrigger] EventGridEvent deletion, CancellationToken cancellation)
    {
        if (Get<ImageStore>().PathOfSubject(deletion.Subject) is { } path)
        {
            using var span = ImageSpans.Begin("remove", path.Id);
            await Get<EarlyWork>().RunAsync(path, () => Get<ImageRemoval>().RunAsync(path, cancellation), cancellation);
        }
    }

    [Function("RecheckImage")]
    public async Task RecheckImage([QueueTrigger("recheck-image", Connection = Storage)] string message, CancellationToken cancellation)
    {
        var recheck = JsonSerializer.Deserialize(message, RecheckJson.Default.RecheckMessage)!;
        using var span = ImageSpans.BeginLinked("recheck", recheck.Id, recheck.TraceParent);
        await Get<EarlyWork>().RunAsync(recheck, () => Get<ImageRecheck>().RunAsync(recheck, cancellation), cancellation);
    }

    [Function("BackfillPage")]
    public Task BackfillPage([QueueTrigger("backfill-page", Connection = Storage)] string message, CancellationToken cancellation)
    {
        var page = JsonSerializer.Deserialize(message, BackfillJson.Default.BackfillMessage)!;
        return Get<EarlyWork>().RunAsync(page, () => Get<BackfillRun>().RunPageAsync(page, cancellation), cancellation);
    }

    [Function("JobStep")]
    public Task JobStep([QueueTrigger("job-step", Connection = Storage)] string message, CancellationToken cancellation)
    {
        var step = JsonSerializer.Deserialize(message, JobJson.Default.JobMessage)!;
        return Get<EarlyWork>().RunAsync(step, () => Get<JobRun>().RunAsync(step, cancellation), cancellation);
    }

    [Function("Reconcile")]
    public Task Reconcile([TimerTrigger("0 0 3 * * *")] TimerInfo timer, CancellationToken cancellation) =>
        Get<EarlyWork>().RunAsync(() => Get<ReconcileStart>().RunAsync(dryRun: false, full: false, cancellation), cancellation);

    [Function("Health")]
    public Task<IActionResult> Health([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request) => PassOnAsync(request);

    [Function("Ui")]
    public Task<IActionResult> Ui([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "ui/{*path}")] HttpRequest request) => PassOnAsync(request);

    [Function("Api")]
    public Task<IActionResult> Api(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "post", "put", "delete", Route = "api/{*path}")] HttpRequest request) => PassOnAsync(request);

    [Function("Mcp")]
    public Task<IActionResult> Mcp(
        [HttpTrigger(AuthorizationLevel.Function, "get", "post", "delete", Route = "mcp/{*path}")] HttpRequest request) => PassOnAsync(request);

    /// <summary>The app writes its answer to the response of the request itself.</summary>
    private async Task<IActionResult> PassOnAsync(HttpRequest request)
    {
        await Get<PipelineServer>().ProcessAsync(request.HttpContext.Features);
        return new EmptyResult();
    }

    private T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();
}
