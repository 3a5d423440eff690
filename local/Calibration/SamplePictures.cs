using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Local.Calibration;

/// <summary>A file that may be a picture.</summary>
internal sealed record SamplePicture(string Name, Func<CancellationToken, Task<ReadOnlyMemory<byte>>> ReadAsync);

/// <summary>Where pictures are taken from.</summary>
internal static class SamplePictures
{
    public static SamplePicture[] Of(string folder, bool isFlat = false) =>
        [
            .. Directory
                .GetFiles(folder, "*", isFlat ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => new SamplePicture(
                    Path.GetRelativePath(folder, file),
                    async cancellation => await File.ReadAllBytesAsync(file, cancellation)
                )),
        ];

    public static async Task<SamplePicture[]> OfAsync(BlobContainerClient container, long mostBytes, CancellationToken cancellation)
    {
        var pictures = new List<SamplePicture>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellation))
        {
            if (blob.Properties.ContentLength <= mostBytes)
            {
                pictures.Add(new SamplePicture(blob.Name, token => ReadAsync(container.GetBlobClient(blob.Name), token)));
            }
        }

        return [.. pictures];
    }

    /// <summary>Empty if the blob was deleted or moved since it was listed, which makes it unusable.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            return (await blob.DownloadContentAsync(cancellation)).Value.Content.ToMemory();
        }
        catch (RequestFailedException error) when (error.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return ReadOnlyMemory<byte>.Empty;
        }
    }
}
