using Azure;
using Azure.Storage.Queues;

namespace StorageProxy.Events;

/// <summary>A storage queue with one event per message, in base64, as Event Grid writes them.</summary>
internal sealed class QueueTarget(string connectionString, string queue) : IEventTarget
{
    private static readonly TimeSpan ForEver = TimeSpan.FromSeconds(-1);

    private readonly QueueClient client = new(
        connectionString,
        queue,
        new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }
    );

    public async Task TellAsync(GridEvent @event, CancellationToken cancellation)
    {
        try
        {
            await client.SendMessageAsync(@event.Json, timeToLive: ForEver, cancellationToken: cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            await client.CreateIfNotExistsAsync(cancellationToken: cancellation);
            throw;
        }
    }
}
