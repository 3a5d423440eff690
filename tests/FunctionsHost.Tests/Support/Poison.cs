using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;
using Shared;

namespace FunctionsHost.Tests.Support;

/// <summary>The queue of blobs that were given up; all tests share it.</summary>
internal static class Poison
{
    public static async Task<IReadOnlyList<string>> BlobsAsync(Azurite azurite, string container)
    {
        var queue = azurite.Queues.GetQueueClient("webjobs-blobtrigger-poison");
        await queue.CreateIfNotExistsAsync();
        return await Patience.UntilAsync(
            async () =>
            {
                PeekedMessage[] messages = await queue.PeekMessagesAsync(32);
                return (IReadOnlyList<string>)
                    [
                        .. messages
                            .Select(message => JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText)))!)
                            .Where(message => (string?)message["ContainerName"] == container)
                            .Select(message => (string)message["BlobName"]!),
                    ];
            },
            blobs => blobs.Count > 0
        );
    }
}
