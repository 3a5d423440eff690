using Azure;
using Microsoft.Extensions.Options;
using Serverless.Embeddings.Hosted;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Serverless.Storage;

namespace Serverless.Describe;

/// <summary>Prepares pictures for a model: upright, scaled down, a JPEG without metadata, encoded by this app.</summary>
internal sealed class PictureSource(ImageStore store, ImageReader reader, IOptions<DescribeOptions> options)
{
    /// <summary>The record's picture, or why it is unavailable; neither if it was replaced or deleted.</summary>
    public async Task<(byte[]? Jpeg, string? Problem)> JpegAsync(ImageRecord record, CancellationToken cancellation)
    {
        var version = new StoredImageFacts(record.Bytes, new ETag(record.BlobETag), record.UploadedAt, []);
        if (await store.ReadAsync(record.Path, version, cancellation) is not { } bytes)
        {
            return (null, null);
        }

        try
        {
            var check = await reader.CheckAsync(bytes, DecodeTimeout.Unlimited with { Cancellation = cancellation });
            return check.Image is not { } image ? (null, $"It cannot be read: {check.Reason}")
                : image.Sha256 != record.Sha256 ? (null, null)
                : (await OwnThread.RunAsync(() => Encode(image)), null);
        }
        catch (UndecodableException error)
        {
            return (null, $"It cannot be read: {error.Message}");
        }
    }

    private byte[] Encode(CheckedImage image) => ImageNormaliser.ToJpeg(image, new ImageBounds(options.Value.LongSide, ShortSide: 1));
}
