using System.Globalization;
using Local.Calibration;
using Serverless.Duplicates;
using Serverless.Images;

namespace Bench.Quality;

/// <summary>
/// One row for each kind of pair: pictures that the rule was set on, pictures that nobody had looked at, and the parts alone on both.
/// </summary>
internal static class Report
{
    public static void Print(
        IReadOnlyList<Measured> measured,
        IReadOnlyList<Photo> photos,
        DifferentPictures? unlike,
        DuplicatePolicy policy
    )
    {
        Line(
            $"{photos.Count(photo => !photo.IsUnseen)} pictures known when the rule was set, {photos.Count(photo => photo.IsUnseen)} ",
            $"unseen; threshold {policy.Threshold}, candidates from {policy.CandidateThreshold}. Intervals are Wilson's at 95 %."
        );
        Line($"| | to be moved | pairs, known | moved | pairs, unseen | moved | moved by small pictures | by the cosine alone |");
        Line($"|---|---|---|---|---|---|---|---|");
        foreach (var kind in measured.GroupBy(pair => (pair.Kind, pair.IsCopy)).OrderByDescending(kind => kind.Key.IsCopy))
        {
            Row(kind.Key.Kind, kind.Key.IsCopy, [.. kind], kind.Key.Kind == DifferentPictures.Kind ? unlike : null, policy);
        }

        var overlays = measured.Where(pair => pair.Kind.StartsWith(Copies.Overlay, StringComparison.Ordinal)).ToList();
        if (overlays.Count > 0)
        {
            Line(
                $"With Duplicates:Overlays=accept, moved of the overlays: ",
                $"{Moved(overlays, overlays.Count, pair => pair.Judged.WithOverlays.Verdict.IsDuplicate())} of {overlays.Count}."
            );
        }

        var others = measured.Where(pair => !pair.IsCopy && pair.Kind != DifferentPictures.Kind).ToList();
        if (others.Count > 0)
        {
            var moved = others.Count(pair => pair.IsMoved);
            Line(
                $"Pairs of pictures that must not be moved: {others.Count}, moved: {moved} ",
                $"({Interval.Low(moved, others.Count):0.00000}-{Interval.High(moved, others.Count):0.00000}, Clopper and Pearson's ",
                $"interval at 95 %)."
            );
        }
    }

    private static void Row(string name, bool isCopy, IReadOnlyList<Measured> all, DifferentPictures? unlike, DuplicatePolicy policy)
    {
        var (known, unseen) = (all.Where(pair => !pair.IsUnseen).ToList(), all.Where(pair => pair.IsUnseen).ToList());
        var (ofKnown, ofUnseen) = (unlike?.Known ?? known.Count, unlike?.Unseen ?? unseen.Count);
        var (sieve, cosine) = (
            all.Count(pair => pair.Judged.Sieve.Verdict.IsDuplicate()),
            all.Count(pair => pair.Pair.Similarity >= policy.Threshold)
        );
        Line(
            $"| {name} | {(isCopy ? "yes" : "no")} | {ofKnown} | {Moved(known, ofKnown)} | {ofUnseen} | {Moved(unseen, ofUnseen)} | ",
            $"{Alone(sieve, ofKnown + ofUnseen)} | {Alone(cosine, ofKnown + ofUnseen)} |"
        );
    }

    private static string Moved(List<Measured> pairs, long count, Func<Measured, bool>? isMoved = null)
    {
        if (count == 0)
        {
            return "";
        }

        var moved = new Proportion(pairs.Count(isMoved ?? (pair => pair.IsMoved)), count);
        var high = moved.High.ToString(count > 10_000 ? "0.000000" : "0.00", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{moved.Value:0.000} ({moved.Count}; {moved.Low:0.00}-{high})");
    }

    private static string Alone(long called, long count) =>
        string.Create(CultureInfo.InvariantCulture, $"{(double)called / count:0.000} ({called})");

    private static void Line(params FormattableString[] parts) =>
        Console.WriteLine(string.Concat(parts.Select(part => part.ToString(CultureInfo.InvariantCulture))));
}
