namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Says whether a picture has no more colours than a palette holds, as a GIF has. Shades of grey are none: a palette holds all of them.
/// </summary>
internal static class Palette
{
    private const int MostColours = 256;

    /// <summary>Points that are looked at, spread over the picture: a photograph shows more colours in its first few hundred.</summary>
    private const int MostSamples = 16_384;

    public static bool Is(ReadOnlySpan<byte> rgb)
    {
        var (colours, isGrey, count) = (new HashSet<int>(), true, rgb.Length / 3);

        // An odd step does not follow a column.
        var step = (count / MostSamples) | 1;
        for (var at = 0; at < count && colours.Count <= MostColours; at += step)
        {
            var (red, green, blue) = (rgb[3 * at], rgb[(3 * at) + 1], rgb[(3 * at) + 2]);
            colours.Add((red << 16) | (green << 8) | blue);
            isGrey &= red == green && green == blue;
        }

        return colours.Count <= MostColours && !isGrey;
    }
}
