using Serverless.Settings;

namespace Serverless.Imaging;

/// <summary>Section <c>Imaging</c>.</summary>
[SettingsSection(Section)]
public sealed class ImagingOptions
{
    public const string Section = "Imaging";

    /// <summary>What decodes pictures, default <see cref="DecoderLibrary.Libvips"/>.</summary>
    public DecoderLibrary Decoder { get; set; }

    /// <summary>Whether it is kept where a picture was taken, default true.</summary>
    public bool KeepPositions { get; set; } = true;
}

public enum DecoderLibrary
{
    /// <summary>Native, and the fastest: libvips, and ImageMagick for BMP and HEIC.</summary>
    Libvips,

    /// <summary>Managed code only, slower for JPEG and with fewer formats: no native code sees a byte from outside.</summary>
    ImageSharp,
}
