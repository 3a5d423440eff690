using NetVips;
using Serverless.Imaging;

namespace Bench.Embedding;

/// <summary>JPEG files that cost a decoder what photos cost: clouds at several scales with grain, a fifth of 12 megapixels,
/// three tenths of 2, the rest VGA.</summary>
internal static class Photos
{
    private const int Quality = 88;

    private static readonly (int Width, int Height)[] Sizes =
    [
        (4000, 3000),
        (1632, 1224),
        (640, 480),
        (1632, 1224),
        (640, 480),
        (640, 480),
        (3000, 4000),
        (640, 480),
        (1224, 1632),
        (480, 640),
    ];

    public static void Write(string folder, int count)
    {
        if (Directory.Exists(folder) && Directory.GetFiles(folder).Length == count)
        {
            return;
        }

        Libvips.Initialise();
        Directory.CreateDirectory(folder);
        for (var i = 0; i < count; i++)
        {
            var (width, height) = Sizes[i % Sizes.Length];
            using var photo = Photo(width, height, i);
            photo.Jpegsave(Path.Combine(folder, $"{i:000}-{width}x{height}.jpg"), q: Quality);
        }
    }

    private static Image Photo(int width, int height, int seed)
    {
        var bands = Enumerable
            .Range(0, 3)
            .Select(band =>
                (Image.Perlin(width, height, cellSize: 256, seed: (seed * 31) + band) * 60)
                + (Image.Perlin(width, height, cellSize: 32, seed: (seed * 37) + band) * 30)
                + Image.Gaussnoise(width, height, sigma: 4, mean: 128, seed: seed + band)
            )
            .ToArray();
        return bands[0].Bandjoin(bands[1..]).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
    }
}
