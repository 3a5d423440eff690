using Microsoft.Extensions.Options;
using Serverless.Settings;

namespace Serverless.Imaging;

/// <summary>Section <c>Limits</c>: what an image may cost before it is refused.</summary>
[SettingsSection(Section)]
public sealed class ImageLimits
{
    public const string Section = "Limits";

    /// <summary>Largest file, default 50 MiB. The file is held in memory while it is judged.</summary>
    [AllowedRange(1, 1L << 30)]
    public long MaxBytes { get; set; } = 50L << 20;

    /// <summary>Most pixels of one picture, default 100 million. A picture that must be decoded whole
    /// (interlaced PNG, HEIC) takes up to 8 bytes of memory for each.</summary>
    [AllowedRange(1, 1_000_000_000)]
    public long MaxPixels { get; set; } = 100_000_000;

    /// <summary>Longest side, default 100,000 pixels.</summary>
    [AllowedRange(1, 1_000_000)]
    public int MaxSide { get; set; } = 100_000;

    /// <summary>Most pixels of all the frames of an animation together, default 500 million.</summary>
    [AllowedRange(1, 100_000_000_000)]
    public long MaxAnimationPixels { get; set; } = 500_000_000;

    /// <summary>Most pixels of all the pictures that are decoded at the same moment, default 200 million: large ones take turns.
    /// A larger picture is decoded alone. Bounds the memory of decoding, at up to 8 bytes for each.</summary>
    [AllowedRange(1, 1_000_000_000)]
    public long MaxPixelsAtOnce { get; set; } = 200_000_000;

    /// <summary>Most processor time that decoding one picture may take, default 30 s; from 1 ms to 10 minutes. A machine that is
    /// busy with other things does not shorten it.</summary>
    [AllowedRange("00:00:00.001", "00:10:00")]
    public TimeSpan MaxDecodeTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Megabytes that a decoder may take for one picture: twice what its largest pictures need, and what the program itself does.
    /// </summary>
    internal long DecoderMegabytes => 1024 + (MaxPixels * 16 >> 20);
}

/// <summary>What the limits may be.</summary>
[OptionsValidator]
internal sealed partial class ImageLimitsRules : IValidateOptions<ImageLimits>;
