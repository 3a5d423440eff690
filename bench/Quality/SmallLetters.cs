using Bench.Quality.Drawings;
using NetVips;

namespace Bench.Quality;

/// <summary>Pages in small print, then half of their size: with one other letter, and as they were.</summary>
internal static class SmallLetters
{
    private const int OfEachKind = 60;

    private static readonly double[] Sizes = [8, 10, 12];

    private static readonly DrawingKind[] Written = [.. DrawingKind.All.Where(kind => kind.Degrees.Contains(Degree.OneCharacter))];

    private static readonly (string Name, Func<Image, byte[]> Apply)[] Ways =
    [
        ("JPEG 85", image => Half(image).JpegsaveBuffer(q: 85)),
        ("cubic, JPEG 75", image => Half(image, Enums.Kernel.Cubic).JpegsaveBuffer(q: 75)),
        ("linear, PNG", image => Half(image, Enums.Kernel.Linear).PngsaveBuffer()),
        ("mean, JPEG 90", image => image.Shrink(2, 2).Cast(Enums.BandFormat.Uchar).JpegsaveBuffer(q: 90)),
        ("WebP 80", image => Half(image).WebpsaveBuffer(q: 80)),
        (".6 of the size, JPEG 85", image => image.Resize(0.6).JpegsaveBuffer(q: 85)),
    ];

    /// <param name="seed">Of the contents.</param>
    public static IEnumerable<PairSource> Of(int seed) =>
        [
            Row("small letters, half size", seed, isCopy: false, at => Ways[0]),
            Row("small letters, half size in several ways", seed, isCopy: false, at => Ways[at % Ways.Length]),
            Row("small print, half size", seed, isCopy: true, at => Ways[0]),
            Row("small print, half size in several ways", seed, isCopy: true, at => Ways[at % Ways.Length]),
        ];

    private static PairSource Row(string name, int seed, bool isCopy, Func<int, (string Name, Func<Image, byte[]> Apply)> way) =>
        new(
            name,
            isCopy,
            false,
            Written.Length * OfEachKind,
            at =>
            {
                var (kind, number) = (Written[at % Written.Length], at / Written.Length);
                var (a, b, what) = kind.Pair((seed * 10_000) + number, Sizes[number % Sizes.Length], Degree.OneCharacter);
                var (how, apply) = way(at);
                using var picture = Recoding.Rgb(isCopy ? a : b);
                return new HardPair(name, $"{kind.Name} {number} {what}, {how}", a, apply(picture));
            }
        );

    private static Image Half(Image image, Enums.Kernel kernel = Enums.Kernel.Lanczos3) => image.Resize(0.5, kernel: kernel);
}
