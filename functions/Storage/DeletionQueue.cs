using Azure.Storage.Queues;

namespace Serverless.Storage;

/// <summary>The queue behind the function RemoveImage. Event Grid fills it.</summary>
internal sealed class DeletionQueue(QueueServiceClient service)
{
    public const string Name = "image-deleted";

    private readonly QueueClient queue = service.GetQueueClient(Name);

    public Task EnsureAsync(CancellationToken cancellation) => queue.CreateIfNotExistsAsync(cancellationToken: cancellation);
}
