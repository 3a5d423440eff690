using Microsoft.Extensions.Options;
using Serverless.Settings;

namespace Serverless.Imaging;

/// <summary>Section <c>Limits</c>: the limits of an accepted image.</summary>
[SettingsSection(Section)]
public sealed class ImageLimits
{
    public const string Section = "Limits";

    /// <summary>Maximum file size, default 50 MiB. The file is held in memory while it is judged.</summary>
    [AllowedRange(1, 1L << 30)]
    public long MaxBytes { get; set; } = 50L << 20;

    /// <summary>Maximum pixels of one picture, default 100 million. A picture that must be decoded as a whole (interlaced PNG, HEIC) takes
    /// up to 8 bytes of memory per pixel.</summary>
    [AllowedRange(1, 1_000_000_000)]
    public long MaxPixels { get; set; } = 100_000_000;

    /// <summary>Maximum length of a side, default 100,000 pixels.</summary>
    [AllowedRange(1, 1_000_000)]
    public int MaxSide { get; set; } = 100_000;

    /// <summary>Maximum pixels of all frames of an animation together, default 500 million.</summary>
    [AllowedRange(1, 100_000_000_000)]
    public long MaxAnimationPixels { get; set; } = 500_000_000;

    /// <summary>Maximum pages of a PDF, default 500. All are read for their text when the file is judged.</summary>
    [AllowedRange(1, 10_000)]
    public int MaxPages { get; set; } = 500;

    /// <summary>Maximum pixels of all pictures being decoded at once, default 200 million: large pictures take turns, and an even larger
    /// one is decoded alone. Bounds the memory of decoding, at up to 8 bytes per pixel.</summary>
    [AllowedRange(1, 1_000_000_000)]
    public long MaxPixelsAtOnce { get; set; } = 200_000_000;

    /// <summary>Maximum processor time to decode one picture, default 30 s; from 1 ms to 10 minutes. Other load on the machine does not
    /// count.</summary>
    [AllowedRange("00:00:00.001", "00:10:00")]
    public TimeSpan MaxDecodeTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Memory limit of a decoder for one picture, in megabytes: twice the need of the largest pictures, plus the program's own.
    /// </summary>
    internal long DecoderMegabytes => 1024 + (MaxPixels * 16 >> 20);
}

/// <summary>Validates the limits.</summary>
[OptionsValidator]
internal sealed partial class ImageLimitsRules : IValidateOptions<ImageLimits>;
