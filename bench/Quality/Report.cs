using System.Globalization;
using Serverless.Duplicates;
using Serverless.Duplicates.Calibration;

namespace Bench.Quality;

/// <summary>One row for each kind of pair: pictures that the rule was set on, pictures that nobody had looked at, and the parts alone on both.</summary>
internal static class Report
{
    public const string Different = "different pictures";

    private const int HashAlone = 10;

    public static void Print(IReadOnlyList<Measured> measured, IReadOnlyList<Photo> photos, IReadOnlyDictionary<bool, long> pairs, DuplicatePolicy policy)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{photos.Count(photo => !photo.IsUnseen)} pictures known when the rule was set, {photos.Count(photo => photo.IsUnseen)} unseen; threshold {policy.Threshold}, candidates from {policy.CandidateThreshold}. Intervals are Wilson's at 95 %."));
        Console.WriteLine("| | pairs, known | vectors and pixels | pairs, unseen | vectors and pixels | cosine alone | perceptual hash alone (10 of 64) |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var kind in measured.GroupBy(pair => (pair.Kind, pair.IsCopy)).OrderByDescending(kind => kind.Key.IsCopy))
        {
            Row(kind.Key.Kind, [.. kind], kind.Key.Kind == Different ? pairs : null, policy);
        }
    }

    private static void Row(string name, IReadOnlyList<Measured> all, IReadOnlyDictionary<bool, long>? pairs, DuplicatePolicy policy)
    {
        var (known, unseen) = (all.Where(pair => !pair.IsUnseen).ToList(), all.Where(pair => pair.IsUnseen).ToList());
        var (ofKnown, ofUnseen) = (pairs?[false] ?? known.Count, pairs?[true] ?? unseen.Count);
        Console.WriteLine(
            $"| {name} | {ofKnown} | {Called(known, ofKnown)} | {ofUnseen} | {Called(unseen, ofUnseen)} "
            + $"| {Alone(all.Count(pair => pair.Pair.Similarity >= policy.Threshold), ofKnown + ofUnseen)} | {Alone(all.Count(pair => pair.HashDistance <= HashAlone), ofKnown + ofUnseen)} |");
    }

    private static string Called(List<Measured> pairs, long count)
    {
        if (count == 0)
        {
            return "";
        }

        var called = new Proportion(pairs.Count(pair => pair.Pair.Verdict.IsDuplicate()), count);
        var isRare = count > 10_000;
        return string.Create(CultureInfo.InvariantCulture, $"{called.Value:0.000} ({called.Count}; {called.Low:0.00}-{(isRare ? called.High.ToString("0.000000", CultureInfo.InvariantCulture) : called.High.ToString("0.00", CultureInfo.InvariantCulture))})");
    }

    private static string Alone(long called, long count) => string.Create(CultureInfo.InvariantCulture, $"{(double)called / count:0.000} ({called})");
}
