namespace Serverless.Imaging;

/// <summary>One of the pictures in a file: its bytes, their format, and its stored size.</summary>
internal sealed record PicturePart(ImageFormat Format, ReadOnlyMemory<byte> Bytes, int Width, int Height)
{
    /// <summary>The offset of a TIFF page's directory; null for a file's only page.</summary>
    public long? Directory { get; init; }

    /// <summary>EXIF orientation to use if the picture itself has none.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Bytes follow the end of a JPEG: only decoding shows whether it is complete.</summary>
    public bool IsFollowed { get; init; }

    /// <summary>The file marks it as a smaller version of another picture.</summary>
    public bool IsReduced { get; init; }

    /// <summary>It is much smaller than the picture but has its shape: whether it shows the same must be checked.</summary>
    public bool MayBePreview { get; init; }

    /// <summary>Why it cannot be read; null if it can.</summary>
    public string? RejectionReason { get; init; }

    /// <summary>Unsigned integers of at most 16 bits.</summary>
    public bool HasPlainSamples { get; init; } = true;

    public long Pixels => (long)Width * Height;
}
