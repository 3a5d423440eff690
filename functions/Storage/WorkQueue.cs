using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Storage.Queues;

namespace Serverless.Storage;

/// <summary>The queue behind a function. Its messages stay until they are handled.</summary>
internal abstract class WorkQueue<TMessage>(QueueServiceClient service, string name, JsonTypeInfo<TMessage> json)
{
    private static readonly TimeSpan ForEver = TimeSpan.FromSeconds(-1);

    private readonly QueueClient queue = service.GetQueueClient(name);

    public Task EnsureAsync(CancellationToken cancellation) => queue.CreateIfNotExistsAsync(cancellationToken: cancellation);

    /// <param name="delay">How long the message stays invisible.</param>
    public virtual Task SendAsync(TMessage message, TimeSpan delay, CancellationToken cancellation) =>
        queue.SendMessageAsync(JsonSerializer.Serialize(message, json), visibilityTimeout: delay, timeToLive: ForEver, cancellation);

    /// <summary>Parses a message.</summary>
    /// <exception cref="JsonException">It does not belong to this queue.</exception>
    public TMessage Read(string text) =>
        JsonSerializer.Deserialize(text, json) is { } message && IsWhole(message)
            ? message
            : throw new JsonException($"The message does not belong to the queue '{name}'.");

    /// <summary>Whether the message is complete.</summary>
    protected abstract bool IsWhole(TMessage message);
}
