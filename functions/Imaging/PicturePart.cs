namespace Serverless.Imaging;

/// <summary>One of the pictures in a file: the bytes that hold it, the format that they are in, and its size as stored.</summary>
internal sealed record PicturePart(ImageFormat Format, ReadOnlyMemory<byte> Bytes, int Width, int Height)
{
    /// <summary>Where the directory of a TIFF page begins; null for the only page of a file.</summary>
    public long? Directory { get; init; }

    /// <summary>EXIF orientation to use where the picture itself says none.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Bytes lie behind the end of a JPEG: whether that is its end is seen only when it is decoded.</summary>
    public bool IsFollowed { get; init; }

    /// <summary>The file says that it is a smaller version of another.</summary>
    public bool IsReduced { get; init; }

    /// <summary>It is much smaller than the picture and has its shape: whether it shows the same is to be looked at.</summary>
    public bool MayBePreview { get; init; }

    /// <summary>Why it cannot be read; null where it can.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whole numbers of 16 bits at most, without sign.</summary>
    public bool HasPlainSamples { get; init; } = true;

    public long Pixels => (long)Width * Height;
}
