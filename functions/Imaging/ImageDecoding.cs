namespace Serverless.Imaging;

/// <summary>How large a picture stays when it is decoded. Set by whoever looks at the pixels, not by configuration.</summary>
internal sealed class ImageDecoding
{
    public const int All = int.MaxValue;

    /// <summary>The shorter side that decoding keeps at least, unless the picture itself is smaller.
    /// Twice what is looked at keeps the difference from a full decode below what can be seen.</summary>
    public int ShortSide { get; set; } = Fingerprint.DecodedSide;
}
