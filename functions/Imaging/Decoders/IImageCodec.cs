namespace Serverless.Imaging.Decoders;

/// <summary>What a decoder process does with the bytes of a file, within limits that others hold it to.</summary>
internal interface IImageCodec
{
    /// <exception cref="UnsupportedImageException">The file uses something that cannot be read.</exception>
    ImageHeader Header(ReadOnlyMemory<byte> bytes, ImageFormat format);

    /// <summary>
    /// The picture of the file, upright, with at least <paramref name="shortSide"/> pixels on the shorter side or all there are.
    /// </summary>
    Pixels Decode(ReadOnlyMemory<byte> bytes, ImageFormat format, int shortSide);

    /// <summary>A frame or page at full size.</summary>
    Pixels Frame(ReadOnlyMemory<byte> bytes, ImageFormat format, int index);

    /// <summary>All frames or pages at full size, each decoded when it is asked for where the format allows that.</summary>
    IEnumerable<Pixels> AllFrames(ReadOnlyMemory<byte> bytes, ImageFormat format);

    /// <summary>How many <see cref="AllFrames"/> gives.</summary>
    int CountFrames(ReadOnlyMemory<byte> bytes, ImageFormat format);

    /// <summary>A WebP of at most <paramref name="size"/> pixels on the longer side, without metadata.</summary>
    byte[] Thumbnail(ReadOnlyMemory<byte> bytes, ImageFormat format, int size);
}
