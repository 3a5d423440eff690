using System.Text;
using System.Text.Json;
using FunctionsHost.Handler;

namespace FunctionsHost.Triggers.Blob;

/// <summary>Tells of a blob that a function keeps failing on, in the queue and the words of the host in Azure.</summary>
internal static class PoisonBlobs
{
    public const string QueueName = "webjobs-blobtrigger-poison";

    public static async Task SendAsync(BlobFunction function, KnownBlob blob, CancellationToken stopping)
    {
        var queue = function.Account.Queues.GetQueueClient(QueueName);
        await queue.CreateIfNotExistsAsync(cancellationToken: stopping);
        var message = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Type = "BlobTrigger",
                FunctionId = function.Function.Id,
                blob.BlobType,
                ContainerName = function.Pattern.Container,
                BlobName = blob.Name,
                blob.ETag,
            },
            BindingData.Json);
        await queue.SendMessageAsync(Convert.ToBase64String(message), stopping);
    }
}
