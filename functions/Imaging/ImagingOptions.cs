using Serverless.Settings;

namespace Serverless.Imaging;

/// <summary>Section <c>Imaging</c>.</summary>
[SettingsSection(Section)]
public sealed class ImagingOptions
{
    public const string Section = "Imaging";

    /// <summary>The decoding library, default <see cref="DecoderLibrary.Libvips"/>.</summary>
    public DecoderLibrary Decoder { get; set; }

    /// <summary>Whether to store where a picture was taken, default true.</summary>
    public bool KeepPositions { get; set; } = true;
}

public enum DecoderLibrary
{
    /// <summary>Native and fastest: libvips, and ImageMagick for BMP and HEIC.</summary>
    Libvips,

    /// <summary>Managed code only, so no native code handles untrusted bytes; slower for JPEG, and with fewer formats.</summary>
    ImageSharp,
}
