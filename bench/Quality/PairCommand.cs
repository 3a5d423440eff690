using System.Globalization;
using Serverless.Duplicates;
using Serverless.Duplicates.Originals;
using Serverless.Images;
using Serverless.Imaging;

namespace Bench.Quality;

/// <summary>
/// Judges pairs of files and says why: the first of each pair is live, the second comes later. The originals are asked even where
/// the small pictures keep them apart.
/// </summary>
internal static class PairCommand
{
    public static async Task RunAsync(IReadOnlyList<string> files)
    {
        await using var gate = new Gate();
        foreach (var pair in files.Chunk(2).Where(pair => pair.Length == 2))
        {
            var (a, b) = (
                await gate.ReadAsync(await File.ReadAllBytesAsync(pair[0])),
                await gate.ReadAsync(await File.ReadAllBytesAsync(pair[1]))
            );
            Console.WriteLine($"{(a is null || b is null ? "refused" : await LineAsync(gate, a, b))}\t{pair[0]}\t{pair[1]}");
        }
    }

    private static async Task<string> LineAsync(Gate gate, ReadPicture a, ReadPicture b)
    {
        var judged = await gate.JudgeAsync(a, b);
        var match =
            judged.Match
            ?? await new OriginalComparison(new KnownMatches()).CompareAsync(
                b.Original,
                a.Original,
                Turn.Upright,
                judged.Sieve.Evidence.Alignment,
                default
            );
        return string.Join(
            '\t',
            judged.Pair.Verdict.IsDuplicate() ? "moved" : "stays",
            judged.Pair.Evidence.Rule,
            judged.Pair.Similarity.ToString("0.000", CultureInfo.InvariantCulture),
            $"small pictures: {judged.Sieve.Verdict}",
            $"originals: {match.Finding}{Adds(match)}",
            judged.WithOverlays.Verdict.IsDuplicate() && !judged.Pair.Verdict.IsDuplicate() ? "moved with overlays" : "",
            judged.Pair.Evidence.Sentence,
            string.Join(' ', (match.Detail?.Differences ?? []).Take(3).Select(Place))
        );
    }

    private static string Adds(OriginalMatch match) =>
        (match.AAdds, match.BAdds) switch
        {
            (true, true) => ", both add",
            (true, false) => ", the later one adds",
            (false, true) => ", the first one adds",
            _ => "",
        };

    private static string Place(DetailDifference place) =>
        string.Create(CultureInfo.InvariantCulture, $"[{place.LeftA:0.000} {place.TopA:0.000} {place.WidthA:0.000}x{place.HeightA:0.000}]");
}
