using Microsoft.Extensions.Options;

namespace Serverless.Imaging.Metadata;

/// <summary>What is kept of the metadata of an image.</summary>
internal sealed class ImageMetadata(IOptions<ImagingOptions> options)
{
    /// <summary>Null where the file says nothing that is kept.</summary>
    public EmbeddedMetadata? Of(CheckedImage image)
    {
        var read = MetadataReader.Read(image.Bytes, image.Format);
        var kept = options.Value.KeepPositions ? read : read with { Position = null };
        return kept == EmbeddedMetadata.None ? null : kept;
    }
}
