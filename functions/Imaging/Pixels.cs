namespace Serverless.Imaging;

/// <summary>
/// Decoded pixels, 8-bit RGB, upright, transparency over white; possibly shrunk by an integer factor during decoding. If that factor does
/// not divide the size, the last row or column extends beyond the picture, which covers only <see cref="Extent"/>.
/// </summary>
/// <param name="SourceWidth">Width of the stored picture, upright.</param>
internal sealed record Pixels(byte[] Rgb, int Width, int Height, Extent Extent, int SourceWidth, int SourceHeight)
{
    /// <summary>Some of the picture can be seen through.</summary>
    public bool IsTransparent { get; init; }

    public bool IsFullSize => Width == SourceWidth && Height == SourceHeight;
}

internal readonly record struct Extent(double Left, double Top, double Right, double Bottom);
