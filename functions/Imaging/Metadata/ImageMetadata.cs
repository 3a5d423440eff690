using Microsoft.Extensions.Options;

namespace Serverless.Imaging.Metadata;

/// <summary>The stored part of an image's metadata.</summary>
internal sealed class ImageMetadata(IOptions<ImagingOptions> options)
{
    /// <summary>Null if there is nothing to store.</summary>
    public EmbeddedMetadata? Of(CheckedImage image)
    {
        var read = image.Said == EmbeddedMetadata.None ? MetadataReader.Read(image.Bytes, image.Format) : image.Said;
        var kept = options.Value.KeepPositions ? read : read with { Position = null };
        return kept == EmbeddedMetadata.None ? null : kept;
    }
}
