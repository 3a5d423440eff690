using Serverless.Imaging.Vector;

namespace Serverless.Imaging.Decoders;

/// <summary>Decodes a file inside a decoder process; limits are enforced elsewhere.</summary>
internal interface IImageCodec
{
    /// <exception cref="UnsupportedImageException">The file uses something that cannot be read.</exception>
    ImageHeader Header(ReadOnlyMemory<byte> bytes, ImageFormat format);

    /// <summary>
    /// The representing picture, upright, with at least <paramref name="shortSide"/> pixels on the shorter side, or at full size.
    /// </summary>
    Pixels Decode(ReadOnlyMemory<byte> bytes, ImageFormat format, int shortSide);

    /// <summary>A frame or page at full size.</summary>
    Pixels Frame(ReadOnlyMemory<byte> bytes, ImageFormat format, int index);

    /// <summary>All frames or pages at full size, decoded on demand if the format allows.</summary>
    IEnumerable<Pixels> AllFrames(ReadOnlyMemory<byte> bytes, ImageFormat format);

    /// <summary>The number of <see cref="AllFrames"/>.</summary>
    int CountFrames(ReadOnlyMemory<byte> bytes, ImageFormat format);

    /// <summary>What a PDF or SVG says besides its pixels.</summary>
    DocumentFacts Facts(ReadOnlyMemory<byte> bytes, ImageFormat format);

    /// <summary>A WebP of at most <paramref name="size"/> pixels on the longer side, without metadata.</summary>
    byte[] Thumbnail(ReadOnlyMemory<byte> bytes, ImageFormat format, int size);
}
