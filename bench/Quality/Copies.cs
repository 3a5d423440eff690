using Bench.Quality.Drawings;
using Local.Calibration;
using NetVips;

namespace Bench.Quality;

/// <summary>Pairs of a picture and what people make of it, of photographs and of the drawn pictures.</summary>
internal static class Copies
{
    public const string Overlay = "overlay: ";

    private const int OfEachDrawing = 4;

    private static readonly bool[] KnownAndUnseen = [false, true];

    private static bool IsOverlay(CopyTransform transform) => transform.Name.Contains("watermark", StringComparison.Ordinal);

    /// <summary>Every way of copying, each with every photograph.</summary>
    public static IEnumerable<PairSource> OfPhotographs(IReadOnlyList<Photo> photos) =>
        from transform in Adjustments.And(CopyTransforms.All)
        from isUnseen in KnownAndUnseen
        let chosen = photos.Where(photo => photo.IsUnseen == isUnseen).ToList()
        where chosen.Count > 0
        let kind = IsOverlay(transform) ? Overlay + transform.Name : transform.Name
        select new PairSource(
            kind,
            !IsOverlay(transform),
            isUnseen,
            chosen.Count,
            at => new HardPair(kind, chosen[at].Name, chosen[at].Original, transform.Apply(chosen[at].Picture, new Random(at)))
        )
        {
            IsThinned = true,
        };

    /// <summary>Every way but overlays and strong crops, each with some drawings of every kind.</summary>
    public static IEnumerable<PairSource> OfDrawings() =>
        from transform in CopyTransforms.All
        where !IsOverlay(transform) && transform.Name is not ("10 % crop" or "quarter size" or "border, quarter size")
        let kind = $"drawn, {transform.Name}"
        select new PairSource(
            kind,
            true,
            false,
            DrawingKind.All.Length * OfEachDrawing,
            at =>
            {
                var (drawing, number) = (DrawingKind.All[at % DrawingKind.All.Length], at / DrawingKind.All.Length);
                var original = drawing.Picture(number);
                using var picture = Recoding.Rgb(original);
                return new HardPair(kind, $"{drawing.Name} {number}", original, transform.Apply(picture, new Random(at)));
            }
        );

    /// <summary>The poorer one first: the better one is not to be moved, and what only looks better is.</summary>
    public static IEnumerable<PairSource> Later(IReadOnlyList<Photo> photos)
    {
        yield return new PairSource(
            "half size, then its enlargement",
            true,
            false,
            photos.Count,
            at =>
            {
                using var half = photos[at].Picture.Resize(0.5);
                using var enlarged = half.Resize(2, kernel: Enums.Kernel.Cubic);
                return new HardPair(
                    "half size, then its enlargement",
                    photos[at].Name,
                    half.JpegsaveBuffer(q: 85),
                    enlarged.JpegsaveBuffer(q: 90)
                );
            }
        )
        {
            IsThinned = true,
        };
    }
}
