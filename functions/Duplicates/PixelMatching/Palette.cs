namespace Serverless.Duplicates.PixelMatching;

/// <summary>Says whether a picture has no more colours than a palette holds, as a GIF has.</summary>
internal static class Palette
{
    private const int MostColours = 256;

    /// <summary>Points that are looked at, spread over the picture: a photograph shows more colours in its first few hundred.</summary>
    private const int MostSamples = 16_384;

    public static bool Is(ReadOnlySpan<byte> rgb)
    {
        var (colours, count) = (new HashSet<int>(), rgb.Length / 3);

        // An odd step does not follow a column.
        var step = (count / MostSamples) | 1;
        for (var at = 0; at < count && colours.Count <= MostColours; at += step)
        {
            colours.Add((rgb[3 * at] << 16) | (rgb[(3 * at) + 1] << 8) | rgb[(3 * at) + 2]);
        }

        return colours.Count <= MostColours;
    }
}
