using System.Globalization;
using Serverless.Duplicates.Originals;
using Serverless.Images;
using Serverless.Imaging;

namespace Bench.Quality;

/// <summary>
/// Judges pairs of files and says why: the first of each pair is live, the second comes later. With <c>--originals</c> the small
/// pictures and vectors are left out, which says what the originals say alone, in a tenth of the time.
/// </summary>
internal static class PairCommand
{
    public static async Task RunAsync(IReadOnlyList<string> arguments)
    {
        await using var gate = new Gate();
        var isShort = arguments.Contains("--originals");
        foreach (var pair in arguments.Where(argument => argument != "--originals").Chunk(2).Where(pair => pair.Length == 2))
        {
            var (a, b) = (await File.ReadAllBytesAsync(pair[0]), await File.ReadAllBytesAsync(pair[1]));
            Console.WriteLine($"{(isShort ? await OriginalsAsync(gate, a, b) : await JudgeAsync(gate, a, b))}\t{pair[0]}\t{pair[1]}");
        }
    }

    private static async Task<string> JudgeAsync(Gate gate, byte[] first, byte[] later)
    {
        if (await gate.ReadAsync(first) is not { } a || await gate.ReadAsync(later) is not { } b)
        {
            return "refused";
        }

        var judged = await gate.JudgeAsync(a, b);
        return string.Join(
            '\t',
            judged.Pair.Verdict.IsDuplicate() ? "moved"
                : judged.WithOverlays.Verdict.IsDuplicate() ? "moved with Duplicates:Overlays=accept"
                : "stays",
            judged.Pair.Evidence.Rule,
            judged.Pair.Similarity.ToString("0.000", CultureInfo.InvariantCulture),
            $"small pictures: {judged.Sieve.Verdict}",
            judged.Pair.Evidence.Sentence,
            Said(judged.Match)
        );
    }

    private static async Task<string> OriginalsAsync(Gate gate, byte[] first, byte[] later)
    {
        if (gate.Check(first) is not { } a || gate.Check(later) is not { } b)
        {
            return "refused";
        }

        var match = await new OriginalComparison(new KnownMatches()).CompareAsync(
            Original.Of(b),
            Original.Of(a),
            ImageOrientation.Upright,
            null,
            default
        );
        return $"{(match is { Finding: OriginalFinding.Same, AAdds: false } ? "moved" : "stays")}\t{Said(match)}";
    }

    private static string Said(OriginalMatch? match) =>
        match is null
            ? "the originals were not asked"
            : $"originals: {match.Finding}{Adds(match)} {string.Join(' ', (match.Detail?.Differences ?? []).Take(3).Select(Place))}";

    private static string Adds(OriginalMatch match) =>
        (match.AAdds, match.BAdds) switch
        {
            (true, true) => ", both add",
            (true, false) => ", the later one adds",
            (false, true) => ", the first one adds",
            _ => "",
        };

    private static string Place(DetailDifference place) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"[{place.LeftA:0.000} {place.TopA:0.000} {place.WidthA:0.000} x {place.HeightA:0.000}]"
        );
}
