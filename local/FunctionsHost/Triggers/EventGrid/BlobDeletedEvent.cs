using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using FunctionsHost.Triggers.Blob;

namespace FunctionsHost.Triggers.EventGrid;

/// <summary>The event that Event Grid would raise for a deleted blob.</summary>
internal static class BlobDeletedEvent
{
    public static JsonObject Create(BlobContainerClient container, KnownBlob blob, DateTimeOffset now)
    {
        // The same deletion told twice, even by two runs of the host, has one id.
        var version = $"{container.AccountName}/{container.Name}/{blob.Name}/{blob.ETag}";
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(version)).AsSpan(0, 16)).ToString();
        return new JsonObject
        {
            ["topic"] = $"/subscriptions/local/resourceGroups/local/providers/Microsoft.Storage/storageAccounts/{container.AccountName}",
            ["subject"] = $"/blobServices/default/containers/{container.Name}/blobs/{blob.Name}",
            ["eventType"] = "Microsoft.Storage.BlobDeleted",
            ["eventTime"] = now.UtcDateTime,
            ["id"] = id,
            ["data"] = new JsonObject
            {
                ["api"] = "DeleteBlob",
                ["requestId"] = id,
                ["eTag"] = blob.ETag.Trim('"'),
                ["contentType"] = blob.ContentType,
                ["contentLength"] = blob.Length,
                ["blobType"] = blob.BlobType,
                ["url"] = container.GetBlobClient(blob.Name).Uri.AbsoluteUri,
                ["sequencer"] = now.UtcTicks.ToString("X48", CultureInfo.InvariantCulture),
            },
            ["dataVersion"] = "",
            ["metadataVersion"] = "1",
        };
    }
}
