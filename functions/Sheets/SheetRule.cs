using System.Globalization;
using Microsoft.Extensions.Options;
using Serverless.Embeddings;
using Serverless.Features;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Storage;

namespace Serverless.Sheets;

/// <summary>Which images are taken apart, as far as their records tell, and by which rules.</summary>
internal sealed class SheetRule(IOptions<DrawingsOptions> options, EmbeddingModel model)
{
    /// <summary>Increment when parts must be made again.</summary>
    private const int Version = 1;

    /// <summary>The least share of paper in a drawing that is not yet looked at, and how far shade makes its colours differ.</summary>
    private const double LeastPaper = 0.7;
    private const double MostShade = 0.15;

    /// <summary>The share of a fill, and how far its colour is from the paper's, lightness aside.</summary>
    private const double LeastFill = 0.15;
    private const double AnotherHue = 0.06;

    /// <summary>Pages of a sheet at most.</summary>
    public const int MostPages = 1000;

    public DrawingsOptions Options => options.Value;

    /// <summary>Its pages are searched: there are several, or its lines may be.</summary>
    public bool MayHaveParts(ImageRecord record) => MayHaveParts(SheetFacts.Of(record));

    public bool MayHaveParts(SheetFacts facts) =>
        facts.Format is { } format
        && (
            (format.HasPages() && facts.Frames != 1)
            || IsDrawing(facts.Path)
            || (options.Value.Detect && facts.Visual is { } seen && MayBeLines(seen.Palette))
        );

    /// <summary>
    /// Mostly paper, evenly lit or not, and no large part of another hue: of strokes in colour little is left at the size of a palette.
    /// </summary>
    internal static bool MayBeLines(IReadOnlyList<PaletteColour> palette)
    {
        if (palette is not [var largest, ..])
        {
            return false;
        }

        var paper = largest.Lab;
        return palette.Where(colour => paper.DistanceTo(colour.Lab) <= MostShade).Sum(colour => colour.Share) >= LeastPaper
            && !palette.Any(colour => colour.Share >= LeastFill && HueDistance(paper, colour.Lab) >= AnotherHue);
    }

    private static double HueDistance(OkLab left, OkLab right) => double.Hypot(left.A - right.A, left.B - right.B);

    /// <summary>All its pages are drawings, whatever they look like.</summary>
    public bool IsDrawing(ImagePath path) => options.Value.Covers(path.Name);

    /// <summary>What its parts are made of, as one text: the file, the model and the rules.</summary>
    public string MadeOf(ImagePath path, string? sha256)
    {
        var drawings =
            IsDrawing(path) ? "all"
            : options.Value.Detect ? "detected"
            : "none";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sha256}/{model.Name}/{model.Revision}/{Version}/{drawings}/{options.Value.MaxTiles}"
        );
    }
}

/// <summary>What decides whether an image is taken apart.</summary>
/// <param name="Frames">0 where an older version judged it.</param>
internal readonly record struct SheetFacts(ImagePath Path, ImageFormat? Format, int Frames, VisualFeatures? Visual)
{
    public static SheetFacts Of(ImageRecord record) => new(record.Path, record.Format, record.Frames, record.Visual);
}
