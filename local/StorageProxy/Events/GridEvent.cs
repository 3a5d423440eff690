using System.Globalization;
using System.Text.Json.Nodes;

namespace StorageProxy.Events;

/// <summary>An event in Event Grid's schema.</summary>
/// <param name="Name">Unique, and sorted in the order of the events.</param>
internal sealed record GridEvent(string Name, string EventType, string Container, string Json)
{
    private static long last;

    public static GridEvent Of(BlobChange change, Uri endpoint, string? eTag, string? clientRequestId)
    {
        var name = Sequence().ToString("X16", CultureInfo.InvariantCulture);
        var id = Guid.CreateVersion7().ToString();
        var data = new JsonObject
        {
            ["api"] = change.Api,
            ["clientRequestId"] = clientRequestId,
            ["requestId"] = id,
            ["eTag"] = eTag,
            ["contentType"] = change.ContentType,
            ["contentLength"] = change.ContentLength,
            ["blobType"] = change.BlobType,
            ["url"] = change.Blob.At(endpoint).AbsoluteUri,
            ["sequencer"] = name.PadLeft(48, '0'),
        };
        foreach (var absent in data.Where(item => item.Value is null).Select(item => item.Key).ToList())
        {
            data.Remove(absent);
        }

        var json = new JsonObject
        {
            ["topic"] = $"/subscriptions/local/resourceGroups/local/providers/Microsoft.Storage/storageAccounts/{change.Blob.Account}",
            ["subject"] = $"/blobServices/default/containers/{change.Blob.Container}/blobs/{change.Blob.Name}",
            ["eventType"] = change.EventType,
            ["eventTime"] = DateTime.UtcNow,
            ["id"] = id,
            ["data"] = data,
            ["dataVersion"] = "",
            ["metadataVersion"] = "1",
        };
        return new GridEvent(name, change.EventType, change.Blob.Container, json.ToJsonString());
    }

    /// <summary>Reads a stored event; null if it is invalid.</summary>
    public static GridEvent? Read(string name, string json)
    {
        try
        {
            var node = JsonNode.Parse(json)!;
            var subject = (string)node["subject"]!;
            return new GridEvent(name, (string)node["eventType"]!, subject.Split('/')[4], json);
        }
        catch (Exception exception)
            when (exception
                    is System.Text.Json.JsonException
                        or InvalidOperationException
                        or NullReferenceException
                        or IndexOutOfRangeException
            )
        {
            return null;
        }
    }

    /// <summary>The time in ticks, moved forward slightly if needed to be unique.</summary>
    private static long Sequence()
    {
        while (true)
        {
            var before = Interlocked.Read(ref last);
            var next = Math.Max(DateTime.UtcNow.Ticks, before + 1);
            if (Interlocked.CompareExchange(ref last, next, before) == before)
            {
                return next;
            }
        }
    }
}
