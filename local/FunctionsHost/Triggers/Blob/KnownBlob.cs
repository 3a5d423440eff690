using System.Text.Json.Serialization;
using Azure.Storage.Blobs.Models;

namespace FunctionsHost.Triggers.Blob;

/// <summary>One version of a blob, as the listing showed it. The ETag is in quotes, as in HTTP.</summary>
internal sealed record KnownBlob(string Name, string ETag, string? ContentType, long Length, string BlobType)
{
    /// <summary>Whether this run of the host has handed it to the functions.</summary>
    [JsonIgnore]
    public bool Dispatched { get; set; }

    public static string ETagOf(BlobItem item) => item.Properties.ETag.GetValueOrDefault().ToString("H");

    public static KnownBlob From(BlobItem item) => new(
        item.Name,
        ETagOf(item),
        item.Properties.ContentType,
        item.Properties.ContentLength ?? 0,
        (item.Properties.BlobType ?? Azure.Storage.Blobs.Models.BlobType.Block) switch
        {
            Azure.Storage.Blobs.Models.BlobType.Append => "AppendBlob",
            Azure.Storage.Blobs.Models.BlobType.Page => "PageBlob",
            _ => "BlockBlob",
        });
}
