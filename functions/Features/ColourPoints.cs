using Serverless.Imaging;

namespace Serverless.Features;

/// <summary>A picture stretched to 128 × 128 points, each with its colour.</summary>
internal sealed class ColourPoints(byte[] rgb)
{
    public const int Side = Fingerprint.Side;

    public ColourBins Bins { get; } = ColourBins.Of(rgb);

    public OkLab this[int x, int y] => Bins.At((y * Side) + x);
}
