namespace Serverless.Imaging;

/// <summary>The size of decoded pictures. Set by the code that uses the pixels, not by configuration.</summary>
internal sealed class ImageDecoding
{
    public const int All = int.MaxValue;

    /// <summary>The minimum shorter side after decoding, unless the picture itself is smaller. Twice the size needed keeps the difference
    /// from a full decode invisible.</summary>
    public int ShortSide { get; set; } = Fingerprint.DecodedSide;
}
