using StorageProxy.Storage;

namespace StorageProxy.Events;

/// <summary>What a successful request does to a blob.</summary>
/// <param name="Api">Event Grid's name of the operation.</param>
/// <param name="ContentType">Null if the request does not state it.</param>
/// <param name="ContentLength">In bytes; null if the request does not state it.</param>
internal sealed record BlobChange(
    string EventType,
    string Api,
    BlobAddress Blob,
    string BlobType,
    string? ContentType = null,
    long? ContentLength = null
)
{
    public const string Created = "Microsoft.Storage.BlobCreated";
    public const string Deleted = "Microsoft.Storage.BlobDeleted";

    private const string BlockBlob = "BlockBlob";

    /// <summary>All values that Azurite distinguishes; with any other value it looks at the rest of the request.</summary>
    private static readonly HashSet<string> Components =
    [
        "acl",
        "appendblock",
        "batch",
        "block",
        "blocklist",
        "copy",
        "expiry",
        "immutabilityPolicies",
        "incrementalcopy",
        "lease",
        "legalhold",
        "list",
        "metadata",
        "page",
        "pagelist",
        "properties",
        "query",
        "seal",
        "snapshot",
        "tags",
        "tier",
        "undelete",
    ];

    /// <summary>Null if the request can neither create nor delete a blob.</summary>
    public static BlobChange? Of(StorageRequest request)
    {
        if (BlobAddress.Parse(request.Path) is not { } blob)
        {
            return null;
        }

        var component = request.Query.GetValueOrDefault("comp");
        return request.Method switch
        {
            "PUT" when component == "blocklist" => new BlobChange(
                Created,
                "PutBlockList",
                blob,
                BlockBlob,
                request.Header("x-ms-blob-content-type")
            ),
            "PUT" when component is not null && Components.Contains(component) => null,
            "PUT" when request.Header("x-ms-blob-type") is { Length: > 0 } type => Put(request, blob, type),
            "PUT" when request.Header("x-ms-copy-source") is { Length: > 0 } => new BlobChange(Created, "CopyBlob", blob, BlockBlob),
            "PATCH" when request.Query.GetValueOrDefault("action") == "flush" && request.Query.GetValueOrDefault("close") == "true" =>
                new BlobChange(Created, "FlushWithClose", blob, BlockBlob),
            "DELETE" when component is not null && Components.Contains(component) => null,
            "DELETE" when IsOfWholeBlob(request) => new BlobChange(Deleted, "DeleteBlob", blob, BlockBlob),
            _ => null,
        };
    }

    private static BlobChange Put(StorageRequest request, BlobAddress blob, string type) =>
        new(
            Created,
            request.Header("x-ms-copy-source") is null ? "PutBlob" : "PutBlobFromURL",
            blob,
            type,
            request.Header("x-ms-blob-content-type") ?? request.Header("Content-Type"),
            type == BlockBlob && long.TryParse(request.Header("Content-Length"), out var length) ? length : null
        );

    private static bool IsOfWholeBlob(StorageRequest request) =>
        !request.Query.ContainsKey("snapshot")
        && !request.Query.ContainsKey("versionid")
        && request.Header("x-ms-delete-snapshots") != "only";
}
