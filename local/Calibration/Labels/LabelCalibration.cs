using System.Text.RegularExpressions;
using Serverless.Labels;

namespace Local.Calibration.Labels;

/// <summary>
/// Finds the least certainty of each label that somebody used, on one half of the pictures, and measures it on the other. No I/O.
/// </summary>
internal sealed class LabelCalibration
{
    /// <summary>Of the pictures that get a label, the least share that must be said to show it.</summary>
    public const double Precision = 0.8;

    /// <summary>How many right ones it takes to tell, in each half.</summary>
    public const int Right = 3;

    private const double LeastCertainty = 0.3;

    private readonly Dictionary<LabelKind, LabelVectors> vectors;
    private readonly IReadOnlyDictionary<string, float[]> styleHead;
    private readonly Dictionary<LabelKind, List<(SaidPicture Picture, HashSet<string> Is)>> known = [];

    /// <param name="styleHead">Weights of the model that tell styles; empty where words do.</param>
    public LabelCalibration(
        IReadOnlyList<SaidPicture> pictures,
        Dictionary<LabelKind, LabelVectors> vectors,
        IReadOnlyDictionary<string, float[]> styleHead
    )
    {
        (this.vectors, this.styleHead) = (vectors, styleHead);
        foreach (var (kind, labels) in vectors)
        {
            var patterns = labels.Labels.Select(label => (label.Name, Pattern: PatternOf(label))).ToList();

            // What is not said to show any label may still show it.
            known[kind] =
            [
                .. pictures
                    .Select(picture =>
                        (picture, patterns.Where(one => picture.Said.Any(one.Pattern.IsMatch)).Select(one => one.Name).ToHashSet())
                    )
                    .Where(one => one.Item2.Count > 0),
            ];
        }
    }

    /// <summary>The scale with the most right labels.</summary>
    public (double Scale, IReadOnlyList<LabelFigures> Figures) Best(IEnumerable<double> scales) =>
        scales.Select(scale => (Scale: scale, Figures: At(scale))).MaxBy(one => one.Figures.Sum(label => label.Right));

    /// <summary>Every label that is said of enough pictures.</summary>
    public IReadOnlyList<LabelFigures> At(double scale) => [.. vectors.Keys.SelectMany(kind => At(kind, scale))];

    private IEnumerable<LabelFigures> At(LabelKind kind, double scale)
    {
        var all = known[kind];
        var certainties = all.ConvertAll(one => CertaintiesOf(kind, one.Picture.Vector.Span, scale));
        foreach (var name in vectors[kind].Labels.Select(label => label.Name))
        {
            var scored = all.Select(
                    (one, index) => (Certainty: certainties[index].GetValueOrDefault(name), Is: one.Is.Contains(name), index)
                )
                .ToList();
            var of = scored.Count(one => one.Is);
            if (of < 2 * Right)
            {
                continue;
            }

            var least = LeastOf(scored.Where(one => one.index % 2 == 0).Select(one => (one.Certainty, one.Is)));
            var given = scored.Where(one => one.index % 2 == 1 && one.Certainty >= least).ToList();
            var right = given.Count(one => one.Is);
            var holds = right >= Right && right >= Precision * given.Count;
            yield return new LabelFigures(kind, name, holds ? least : null, given.Count, right, of);
        }
    }

    /// <summary>The lowest certainty at and above which enough pictures show it; null if there is none.</summary>
    private static double? LeastOf(IEnumerable<(double Certainty, bool Is)> half)
    {
        var (seen, right, least) = (0, 0, (double?)null);
        foreach (var (certainty, isIt) in half.Where(one => one.Certainty >= LeastCertainty).OrderByDescending(one => one.Certainty))
        {
            seen++;
            right += isIt ? 1 : 0;
            least = isIt && right >= Right && right >= Precision * seen ? certainty : least;
        }

        return least is { } lowest ? Math.Round(lowest, 3, MidpointRounding.ToZero) : null;
    }

    private Dictionary<string, double> CertaintiesOf(LabelKind kind, ReadOnlySpan<float> picture, double scale)
    {
        var isByHead = kind == LabelKind.Style && styleHead.Count > 0;
        var names = isByHead ? [.. styleHead.Keys] : vectors[kind].Labels.Select(label => label.Name).ToList();
        var certainties = isByHead ? StyleHead.Certainties(picture, styleHead.Values) : vectors[kind].Certainties(picture, scale);
        var first = certainties.Max();
        var found = new Dictionary<string, double>();
        foreach (var (place, name) in names.Index())
        {
            // A picture has one style.
            found[name] = kind != LabelKind.Style || certainties[place] >= first ? certainties[place] : 0;
        }

        return found;
    }

    private static Regex PatternOf(Label label) =>
        new(
            $@"\b(?:{string.Join('|', label.Words.Append(label.Name).Select(Regex.Escape))})s?\b",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
        );
}
