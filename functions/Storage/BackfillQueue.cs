using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;

namespace Serverless.Storage;

/// <summary>Asks for the next page of a backfill.</summary>
internal sealed record BackfillMessage(string Id);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BackfillMessage))]
internal sealed partial class BackfillJson : JsonSerializerContext;

/// <summary>The queue behind the function BackfillPage.</summary>
internal sealed class BackfillQueue(QueueServiceClient service)
{
    public const string Name = "backfill-page";

    private readonly QueueClient queue = service.GetQueueClient(Name);

    public Task EnsureAsync(CancellationToken cancellation) => queue.CreateIfNotExistsAsync(cancellationToken: cancellation);

    public Task SendAsync(BackfillMessage message, CancellationToken cancellation) => SendAsync(message, TimeSpan.Zero, cancellation);

    /// <param name="delay">How long nobody sees it.</param>
    public Task SendAsync(BackfillMessage message, TimeSpan delay, CancellationToken cancellation) => queue.SendMessageAsync(
        JsonSerializer.Serialize(message, BackfillJson.Default.BackfillMessage), visibilityTimeout: delay, timeToLive: TimeSpan.FromSeconds(-1), cancellation);
}
