using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace TestWorker;

internal sealed class Triggers(Behaviour behaviour)
{
    [Function("Ingest")]
    public async Task IngestAsync(
        [BlobTrigger("%Storage:Images%/{name}", Source = BlobTriggerSource.EventGrid)] BlobClient blob,
        string name,
        FunctionContext context,
        CancellationToken stop
    ) => await behaviour.RunAsync(context, new { name, blob.Uri }, name, stop);

    [Function("Recheck")]
    public async Task RecheckAsync([QueueTrigger("%TEST_QUEUE%")] string message, FunctionContext context, CancellationToken stop) =>
        await behaviour.RunAsync(context, message, message, stop);

    [Function("Eager")]
    public async Task EagerAsync([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer, FunctionContext context) =>
        await behaviour.RunAsync(context, timer);

    [Function("Clean")]
    public async Task CleanAsync([TimerTrigger("%TEST_SCHEDULE%")] TimerInfo timer, FunctionContext context) =>
        await behaviour.RunAsync(context, timer);
}
