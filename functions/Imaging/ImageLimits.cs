using Microsoft.Extensions.Options;

namespace Serverless.Imaging;

/// <summary>Section <c>Limits</c>: what an image may cost before it is refused.</summary>
public sealed class ImageLimits
{
    public const string Section = "Limits";

    /// <summary>Largest file, default 50 MiB. The file is held in memory while it is judged.</summary>
    public long MaxBytes { get; set; } = 50L << 20;

    /// <summary>Most pixels of one picture, default 100 million. A picture that must be decoded whole
    /// (interlaced PNG, HEIC) takes up to 8 bytes of memory for each.</summary>
    public long MaxPixels { get; set; } = 100_000_000;

    /// <summary>Longest side, default 100,000 pixels.</summary>
    public int MaxSide { get; set; } = 100_000;

    /// <summary>Most pixels of all the frames of an animation together, default 500 million.</summary>
    public long MaxAnimationPixels { get; set; } = 500_000_000;

    /// <summary>Most pixels of all the pictures that are decoded at the same moment, default 200 million: large ones take turns.
    /// A larger picture is decoded alone. Bounds the memory of decoding, at up to 8 bytes for each.</summary>
    public long MaxPixelsAtOnce { get; set; } = 200_000_000;

    /// <summary>Most processor time that decoding one picture may take, default 30 s; from 1 ms to 10 minutes. A machine that is
    /// busy with other things does not shorten it.</summary>
    public TimeSpan MaxDecodeTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Megabytes that a decoder may take for one picture: twice what its largest pictures need, and what the program itself does.
    /// </summary>
    internal long DecoderMegabytes => 1024 + (MaxPixels * 16 >> 20);
}

internal sealed class ValidateImageLimits : IValidateOptions<ImageLimits>
{
    public ValidateOptionsResult Validate(string? name, ImageLimits options)
    {
        string[] faults =
        [
            .. Fault(nameof(options.MaxBytes), options.MaxBytes, 1, 1L << 30),
            .. Fault(nameof(options.MaxPixels), options.MaxPixels, 1, 1_000_000_000),
            .. Fault(nameof(options.MaxSide), options.MaxSide, 1, 1_000_000),
            .. Fault(nameof(options.MaxAnimationPixels), options.MaxAnimationPixels, 1, 100_000_000_000),
            .. Fault(nameof(options.MaxPixelsAtOnce), options.MaxPixelsAtOnce, 1, 1_000_000_000),
            .. Fault(nameof(options.MaxDecodeTime), options.MaxDecodeTime),
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Fault(string setting, long value, long least, long most) =>
        value >= least && value <= most
            ? []
            : [string.Create(null, $"{ImageLimits.Section}:{setting} is {value}; a number from {least} to {most} is allowed.")];

    private static IEnumerable<string> Fault(string setting, TimeSpan value) =>
        value >= TimeSpan.FromMilliseconds(1) && value <= TimeSpan.FromMinutes(10)
            ? []
            : [$"{ImageLimits.Section}:{setting} is {value}; a time from 00:00:00.001 to 00:10:00 is allowed."];
}
