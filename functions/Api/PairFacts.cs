using System.Globalization;
using Serverless.Features;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Labels;

namespace Serverless.Api;

/// <summary>What is known of one of two compared pictures.</summary>
internal sealed record PictureLook(int Width, int Height, VisualFeatures? Visual, PictureLabels Labels);

/// <summary>Something that two pictures share, or by which they differ.</summary>
/// <param name="Kind">A code such as samePicture or sharperB; which there are is in docs/http-api.md.</param>
/// <param name="A">Words for it that hold for a, or for both: things, kinds of picture, sides, or width and height. Null where it needs
/// none.</param>
/// <param name="B">Words that hold for b. Null where it needs none.</param>
/// <param name="Count">How many places; null for all else.</param>
internal sealed record PairFact(string Kind, IReadOnlyList<string>? A = null, IReadOnlyList<string>? B = null, int? Count = null);

/// <summary>
/// What two pictures share, first, and what differs, from labels, colours and pixels. It says only what is measured well beyond its error;
/// what is not certain is left out.
/// </summary>
internal static class PairFacts
{
    private const int BrightnessStep = 8;
    private const int ChromaStep = 10;
    private const int SharpnessStep = 25;

    /// <summary>A side that is cut by less is within the accuracy of the alignment.</summary>
    private const double LeastCrop = 0.04;

    public static IReadOnlyList<PairFact> Of(PictureLook a, PictureLook b, Verdict verdict, Evidence evidence) =>
        evidence.Rule == DuplicateRules.SameBytes
            ? [new("sameFile")]
            : [Shared(a, b, verdict), .. Labels(a, b), .. Pixels(evidence), .. Looks(a, b)];

    private static PairFact Shared(PictureLook a, PictureLook b, Verdict verdict)
    {
        var things = Names(a).Intersect(Names(b)).ToList();
        var shown = things.Count > 0 ? things : null;
        return verdict switch
        {
            Verdict.Exact or Verdict.Copy => new("samePicture", shown),
            Verdict.LookAlike => new("alike", shown),
            _ when shown is not null => new("bothShow", shown),
            _ when a.Labels.Style?.Name is { } style && style == b.Labels.Style?.Name => new("oneKind", [style]),
            _ => new("different"),
        };
    }

    private static IEnumerable<PairFact> Labels(PictureLook a, PictureLook b)
    {
        if (Names(a).Except(Names(b)).ToList() is { Count: > 0 } onlyA && Names(b).Except(Names(a)).ToList() is { Count: > 0 } onlyB)
        {
            yield return new("shows", onlyA, onlyB);
        }

        if (a.Labels.Style is { } one && b.Labels.Style is { } other && one.Name != other.Name)
        {
            yield return new("kinds", [one.Name], [other.Name]);
        }
    }

    /// <summary>From the alignment of the two, where they have one.</summary>
    private static IEnumerable<PairFact> Pixels(Evidence evidence)
    {
        if (evidence.Turn is { } turn && turn != ImageOrientation.Upright)
        {
            yield return new(
                (turn.IsMirrored(), turn.Quarters()) switch
                {
                    (true, 0) => "mirrored",
                    (true, _) => "mirroredAndTurned",
                    (false, 2) => "upsideDown",
                    _ => "quarterTurn",
                }
            );
        }

        if (evidence is { Alignment: { } view, Pixels: PixelVerdict.Same or PixelVerdict.Agree } && CutSides(view) is { Count: > 0 } sides)
        {
            yield return new("cropped", sides);
        }

        if (evidence.Differences is { Count: > 0 and var places })
        {
            yield return new("places", Count: places);
        }
    }

    private static List<string> CutSides(Alignment view)
    {
        var (right, bottom) = (1 - view.OffsetX - view.ScaleX, 1 - view.OffsetY - view.ScaleY);
        (double Cut, string Side)[] sides = [(view.OffsetX, "left"), (right, "right"), (view.OffsetY, "top"), (bottom, "bottom")];
        return [.. sides.Where(side => side.Cut > LeastCrop).Select(side => side.Side)];
    }

    private static IEnumerable<PairFact> Looks(PictureLook a, PictureLook b)
    {
        if (a.Visual is { } one && b.Visual is { } other)
        {
            if (one.IsBlackAndWhite != other.IsBlackAndWhite)
            {
                yield return new(one.IsBlackAndWhite ? "blackAndWhiteA" : "blackAndWhiteB");
            }
            else if (Math.Abs(one.Chroma - other.Chroma) >= ChromaStep)
            {
                yield return new(other.Chroma > one.Chroma ? "moreColourfulB" : "lessColourfulB");
            }

            if (Math.Abs(one.Brightness - other.Brightness) >= BrightnessStep)
            {
                yield return new(other.Brightness > one.Brightness ? "lighterB" : "darkerB");
            }

            if (Math.Abs(one.Sharpness - other.Sharpness) >= SharpnessStep)
            {
                yield return new(other.Sharpness > one.Sharpness ? "sharperB" : "softerB");
            }
        }

        if ((a.Width, a.Height) != (b.Width, b.Height))
        {
            yield return new("sizes", Size(a), Size(b));
        }
    }

    private static IReadOnlyList<string> Size(PictureLook look) =>
        [look.Width.ToString("N0", CultureInfo.InvariantCulture), look.Height.ToString("N0", CultureInfo.InvariantCulture)];

    private static IEnumerable<string> Names(PictureLook look) => look.Labels.Objects.Select(label => label.Name);
}
