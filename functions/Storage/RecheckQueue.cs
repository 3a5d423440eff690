using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Storage.Queues;

namespace Serverless.Storage;

/// <summary>Asks for a second look at one version of an image.</summary>
internal sealed record RecheckMessage(string Id, long Sequence);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RecheckMessage))]
internal sealed partial class RecheckJson : JsonSerializerContext;

/// <summary>The queue behind the function RecheckImage.</summary>
internal sealed class RecheckQueue(QueueServiceClient service)
{
    private const string Name = "recheck-image";

    private readonly QueueClient queue = service.GetQueueClient(Name);

    public Task EnsureAsync(CancellationToken cancellation) => queue.CreateIfNotExistsAsync(cancellationToken: cancellation);

    public Task SendAsync(RecheckMessage message, TimeSpan delay, CancellationToken cancellation) => queue.SendMessageAsync(
        JsonSerializer.Serialize(message, RecheckJson.Default.RecheckMessage), visibilityTimeout: delay, timeToLive: TimeSpan.FromSeconds(-1), cancellation);
}
