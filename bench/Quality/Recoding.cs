using NetVips;

namespace Bench.Quality;

/// <summary>
/// How the second picture of a pair of different ones is written, so that the difference must be told from that of coding.
/// </summary>
internal static class Recoding
{
    private static readonly (string Name, Func<Image, byte[]>? Write)[] All =
    [
        ("", null),
        (", as JPEG 85", image => image.JpegsaveBuffer(q: 85)),
        ("", null),
        (", as JPEG 60", image => image.JpegsaveBuffer(q: 60)),
        (", as WebP", image => image.WebpsaveBuffer(q: 70)),
        (", half size", image => image.Resize(0.5).JpegsaveBuffer(q: 85)),
        (", as JPEG 30", image => image.JpegsaveBuffer(q: 30)),
        ("", null),
        (", brighter", image => image.Linear([1.1], [15.0], uchar: true).JpegsaveBuffer(q: 85)),
        (", more contrast", image => image.Linear([1.25], [-30.0], uchar: true).JpegsaveBuffer(q: 85)),
    ];

    /// <summary>One of the ways in turn; every third time none.</summary>
    public static HardPair Apply(HardPair pair, int index)
    {
        var (name, write) = All[(index + (index / All.Length)) % All.Length];
        if (write is null)
        {
            return pair;
        }

        using var picture = Rgb(pair.B);
        return pair with { Name = pair.Name + name, B = write(picture) };
    }

    public static Image Rgb(byte[] bytes)
    {
        using var picture = Image.NewFromBuffer(bytes);
        using var srgb = picture.Colourspace(Enums.Interpretation.Srgb);
        using var opaque = srgb.HasAlpha() ? srgb.Flatten(background: [255.0]) : srgb.Copy();
        return opaque.ExtractBand(0, n: 3).Cast(Enums.BandFormat.Uchar).CopyMemory();
    }
}
