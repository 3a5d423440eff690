using System.Globalization;
using Serverless.Features;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Labels;

namespace Serverless.Api;

/// <summary>What is known of one of two compared pictures.</summary>
internal sealed record PictureLook(int Width, int Height, VisualFeatures? Visual, PictureLabels Labels);

/// <summary>
/// One sentence, or two, on what two pictures share and what differs, from labels, colours and pixels. It says only what is measured well
/// beyond its error; what is not certain is left out.
/// </summary>
internal static class PairSummary
{
    private const int BrightnessStep = 8;
    private const int ChromaStep = 10;
    private const int SharpnessStep = 25;

    /// <summary>A side that is cut by less is within the accuracy of the alignment.</summary>
    private const double LeastCrop = 0.04;

    public static string Of(PictureLook a, PictureLook b, CompareReply pair)
    {
        if (pair.Evidence.Rule == DuplicateRules.SameBytes)
        {
            return "Both files are the same, byte for byte.";
        }

        var differences = Differences(a, b, pair.Evidence).ToList();
        return differences.Count == 0
            ? $"{Shared(a, b, pair)}; nothing else is known to differ."
            : $"{Shared(a, b, pair)}; {string.Join(", ", differences)}.";
    }

    private static string Shared(PictureLook a, PictureLook b, CompareReply pair)
    {
        var things = Names(a).Intersect(Names(b)).ToList();
        var shown = things.Count > 0 ? $" ({List(things)})" : "";
        return pair.Verdict switch
        {
            Verdict.Exact or Verdict.Copy => $"Both show the same picture{shown}",
            Verdict.LookAlike => $"The two look alike{shown}, but are not proven to be one picture",
            _ when things.Count > 0 => $"Two different pictures; both show: {List(things)}",
            _ when a.Labels.Style?.Name is { } style && style == b.Labels.Style?.Name => $"Two different pictures of one kind ({style})",
            _ => "Two different pictures",
        };
    }

    private static IEnumerable<string> Differences(PictureLook a, PictureLook b, Evidence evidence)
    {
        if (Names(a).Except(Names(b)).ToList() is { Count: > 0 } onlyA && Names(b).Except(Names(a)).ToList() is { Count: > 0 } onlyB)
        {
            yield return $"A shows {List(onlyA)}, B {List(onlyB)}";
        }

        if (a.Labels.Style is { } one && b.Labels.Style is { } other && one.Name != other.Name)
        {
            yield return $"A is of the kind {one.Name}, B {other.Name}";
        }

        foreach (var difference in Pixels(evidence).Concat(Looks(a, b)))
        {
            yield return difference;
        }
    }

    /// <summary>From the alignment of the two, where they have one.</summary>
    private static IEnumerable<string> Pixels(Evidence evidence)
    {
        if (evidence.Turn is { } turn && turn != ImageOrientation.Upright)
        {
            yield return (turn.IsMirrored(), turn.Quarters()) switch
            {
                (true, 0) => "one is mirrored",
                (true, _) => "one is mirrored and turned",
                (false, 2) => "one is upside down",
                _ => "one is turned by a quarter",
            };
        }

        if (evidence is { Alignment: { } view, Pixels: PixelVerdict.Same or PixelVerdict.Agree } && Crop(view) is { } crop)
        {
            yield return crop;
        }

        if (evidence.Differences is { Count: > 0 and var places })
        {
            yield return places == 1 ? "they differ in one place" : $"they differ in {places} places";
        }
    }

    private static string? Crop(Alignment view)
    {
        var (right, bottom) = (1 - view.OffsetX - view.ScaleX, 1 - view.OffsetY - view.ScaleY);
        (double Cut, string Side)[] sides = [(view.OffsetX, "left"), (right, "right"), (view.OffsetY, "top"), (bottom, "bottom")];
        var cut = sides.Where(side => side.Cut > LeastCrop).Select(side => side.Side).ToList();
        return cut.Count == 0 ? null : $"one shows less at the {List(cut)}";
    }

    private static IEnumerable<string> Looks(PictureLook a, PictureLook b)
    {
        if (a.Visual is { } one && b.Visual is { } other)
        {
            if (one.IsBlackAndWhite != other.IsBlackAndWhite)
            {
                yield return one.IsBlackAndWhite ? "A is black and white" : "B is black and white";
            }
            else if (Math.Abs(one.Chroma - other.Chroma) >= ChromaStep)
            {
                yield return other.Chroma > one.Chroma ? "B is more colourful" : "B is less colourful";
            }

            if (Math.Abs(one.Brightness - other.Brightness) >= BrightnessStep)
            {
                yield return other.Brightness > one.Brightness ? "B is lighter" : "B is darker";
            }

            if (Math.Abs(one.Sharpness - other.Sharpness) >= SharpnessStep)
            {
                yield return other.Sharpness > one.Sharpness ? "B is sharper" : "B is softer";
            }
        }

        if ((a.Width, a.Height) != (b.Width, b.Height))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"A has {a.Width:N0} × {a.Height:N0} pixels, B {b.Width:N0} × {b.Height:N0}"
            );
        }
    }

    private static IEnumerable<string> Names(PictureLook look) => look.Labels.Objects.Select(label => label.Name);

    private static string List(List<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";
}
