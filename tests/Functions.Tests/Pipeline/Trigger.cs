using System.Text.Json;
using Azure.Storage.Queues.Models;
using FunctionsHost.Tests.Support;
using FunctionsHost.Worker;
using FunctionsHost.Worker.Protocol;

namespace Functions.Tests.Pipeline;

/// <summary>Invocations with the inputs and the metadata that the host in Azure sends.</summary>
internal static class Trigger
{
    /// <param name="address">Of the blob, as the connection of the host names it.</param>
    public static Invocation Upload(string container, string name, string address) =>
        new("IngestImage", new() { ["blob"] = Input.Blob(container, name) })
        {
            Metadata =
            {
                ["BlobTrigger"] = Input.Text($"{container}/{name}"),
                ["Uri"] = Input.Json(JsonSerializer.Serialize(address)),
                ["Properties"] = Input.Json("""{"ContentLength":1,"BlobType":0,"ETag":{}}"""),
                ["Metadata"] = Input.Json("{}"),
                ["name"] = Input.Text(name),
            },
        };

    /// <summary>What Event Grid puts into the queue when a blob is deleted.</summary>
    public static string Deletion(string container, string name, string address) =>
        JsonSerializer.Serialize(
            new
            {
                topic = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/images/providers/Microsoft.Storage/storageAccounts/images",
                subject = $"/blobServices/default/containers/{container}/blobs/{name}",
                eventType = "Microsoft.Storage.BlobDeleted",
                id = Guid.NewGuid(),
                data = new
                {
                    api = "DeleteBlob",
                    requestId = Guid.NewGuid(),
                    contentType = "image/jpeg",
                    blobType = "BlockBlob",
                    url = address,
                    sequencer = "0000000000000001",
                },
                dataVersion = "",
                metadataVersion = "1",
                eventTime = DateTimeOffset.UtcNow,
            }
        );

    public static Invocation Message(string function, QueueMessage message) =>
        Message(function, message.Body.ToString(), message.MessageId, message.DequeueCount, message.PopReceipt);

    public static Invocation Message(string function, string text, string id = "message", long dequeued = 1, string receipt = "receipt")
    {
        var metadata = new Dictionary<string, TypedData>(StringComparer.OrdinalIgnoreCase)
        {
            ["QueueTrigger"] = Input.Text(text),
            ["DequeueCount"] = Input.Json($"{dequeued}"),
            ["Id"] = Input.Text(id),
            ["PopReceipt"] = Input.Text(receipt),
        };

        // Members of the message take the place of what is called alike.
        foreach (var (name, value) in MembersOf(text))
        {
            metadata[name] = value;
        }

        return new(function, new() { ["message"] = Input.Text(text) }) { Metadata = metadata };
    }

    public static Invocation Timer(string function) =>
        new(function, new() { ["timer"] = Input.Json("""{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""") })
        {
            Metadata = { ["TimerTrigger"] = Input.Text("11/29/2026 03:00:00") },
        };

    private static IEnumerable<(string Name, TypedData Value)> MembersOf(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.ValueKind != JsonValueKind.Object
            ? []
            :
            [
                .. json
                    .RootElement.EnumerateObject()
                    .Select(member =>
                        (
                            member.Name,
                            member.Value.ValueKind == JsonValueKind.String
                                ? Input.Text(member.Value.GetString()!)
                                : Input.Json(member.Value.GetRawText())
                        )
                    ),
            ];
    }
}
