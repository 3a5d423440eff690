using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Serverless.Storage;

/// <summary>Copies blobs on the server side, never overwriting, and verifies the target by its bytes.</summary>
internal static class VerifiedCopy
{
    private static readonly TimeSpan CopyPoll = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether the blob exists and its bytes have this SHA-256.</summary>
    public static async Task<bool> HoldsAsync(BlobBaseClient blob, string sha256, CancellationToken cancellation)
    {
        try
        {
            // One request, whatever the size: a stream that is read again after a broken connection goes on with the same version.
            using var download = (await blob.DownloadStreamingAsync(cancellationToken: cancellation)).Value;
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(download.Content, cancellation)) == sha256;
        }
        catch (RequestFailedException error) when (ImageStore.IsGoneOrChanged(error))
        {
            return false;
        }
    }

    /// <summary>Waits for a pending copy; deletes a failed one that left wrong bytes.</summary>
    public static async Task RemoveBrokenAsync(BlobBaseClient target, string sha256, CancellationToken cancellation)
    {
        try
        {
            await WaitForCopyAsync(target, cancellation);
            var version = (await target.GetPropertiesAsync(cancellationToken: cancellation)).Value.ETag;
            if (!await HoldsAsync(target, sha256, cancellation))
            {
                await target.DeleteAsync(DeleteSnapshotsOption.None, new BlobRequestConditions { IfMatch = version }, cancellation);
            }
        }
        catch (RequestFailedException error) when (ImageStore.IsGoneOrChanged(error))
        {
            // It is missing, or has just changed: the next attempt decides.
        }
    }

    /// <summary>Copies on the server side, unless the target exists.</summary>
    public static async Task CopyAsync(
        BlobBaseClient source,
        ETag sourceVersion,
        BlobBaseClient target,
        Dictionary<string, string> metadata,
        CancellationToken cancellation
    )
    {
        var copy = await target.StartCopyFromUriAsync(
            source.Uri,
            new BlobCopyFromUriOptions
            {
                Metadata = metadata,
                SourceConditions = sourceVersion == default ? null : new BlobRequestConditions { IfMatch = sourceVersion },
                DestinationConditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            },
            cancellation
        );
        if (!IsOver(copy.GetRawResponse()))
        {
            await WaitForCopyAsync(target, cancellation);
        }
    }

    /// <summary>Within an account the answer usually comes when the copy is complete, and says so.</summary>
    private static bool IsOver(Response answer) => answer.Headers.TryGetValue("x-ms-copy-status", out var status) && status == "success";

    private static async Task WaitForCopyAsync(BlobBaseClient target, CancellationToken cancellation)
    {
        while ((await target.GetPropertiesAsync(cancellationToken: cancellation)).Value.BlobCopyStatus == CopyStatus.Pending)
        {
            await Task.Delay(CopyPoll, cancellation);
        }
    }
}
