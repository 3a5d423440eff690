using Serverless.Duplicates;

namespace Bench.Quality;

internal static class Report
{
    private const int HashAlone = 10;

    public static void Print(IReadOnlyList<Measured> measured, int photos, long pairs, DuplicatePolicy policy)
    {
        Console.WriteLine($"{photos} pictures; threshold {policy.Threshold}, candidates from {policy.CandidateThreshold}");
        Console.WriteLine("| | pairs | vectors and pixels | cosine alone | perceptual hash alone (10 of 64) |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var kind in measured.Where(pair => pair.IsCopy).GroupBy(pair => pair.Kind))
        {
            Row(kind.Key, [.. kind], kind.Count(), policy, "0.000");
        }

        foreach (var kind in measured.Where(pair => !pair.IsCopy).GroupBy(pair => pair.Kind))
        {
            Row($"{kind.Key}: called copies", [.. kind], kind.Key == "different pictures" ? pairs : kind.Count(), policy, "0.00000");
        }
    }

    private static void Row(string name, IReadOnlyList<Measured> pairs, long count, DuplicatePolicy policy, string format)
    {
        string Share(Func<Measured, bool> isCalled)
        {
            var called = pairs.Count(isCalled);
            return $"{((double)called / count).ToString(format, System.Globalization.CultureInfo.InvariantCulture)} ({called})";
        }

        Console.WriteLine(
            $"| {name} | {count} | {Share(pair => pair.Pair.Verdict.IsDuplicate())} | {Share(pair => pair.Pair.Similarity >= policy.Threshold)} | {Share(pair => pair.HashDistance <= HashAlone)} |");
    }
}
