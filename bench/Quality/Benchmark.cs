using System.Numerics;
using Serverless.Duplicates;
using Serverless.Images;

namespace Bench.Quality;

/// <summary>One compared pair: what the gate says of it, and what its parts say alone.</summary>
internal sealed record Measured(string Kind, string Name, bool IsUnseen, bool IsCopy, Judged Judged, int HashDistance)
{
    public PairVerdict Pair => Judged.Pair;

    public bool IsMoved => Pair.Verdict.IsDuplicate();
}

/// <summary>What a run is asked for.</summary>
/// <param name="Work">Where downloads are kept.</param>
/// <param name="Every">Every how manieth picture and pair is taken.</param>
/// <param name="Kind">A part of the names of the rows that are wanted, or several with bars between them; null for all.</param>
/// <param name="PairsFile">Where to write every compared pair with its figures.</param>
/// <param name="WrongFolder">Where to put the pictures of pairs that are judged wrong.</param>
internal sealed record RunOptions(string Work, int Every, string? Kind, string? PairsFile, string? WrongFolder)
{
    /// <summary>Whether the originals of every pair are compared, as if the small pictures called all of them copies.</summary>
    public bool IsWithoutSieve { get; init; }

    /// <summary>Of the contents of small print: other pages.</summary>
    public int Seed { get; init; }

    public bool Wants(string row) => Kind is null || Kind.Split('|').Any(part => row.Contains(part, StringComparison.OrdinalIgnoreCase));
}

internal sealed class Benchmark(RunOptions options) : IAsyncDisposable
{
    private readonly Gate gate = new();
    private readonly List<Measured> measured = [];

    public async Task RunAsync()
    {
        var photos = Photo.Read(options, gate.Pictures);
        foreach (var source in Sources(photos).Where(source => options.Wants(source.Kind)))
        {
            await MeasureAsync(source);
        }

        var unlike = options.Wants(DifferentPictures.Kind) ? await DifferentPictures.MeasureAsync(gate, photos) : null;
        measured.AddRange(unlike?.Close ?? []);
        Report.Print(measured, photos, unlike, gate.Policy);
        if (options.Wants(Cost.Row))
        {
            await Cost.PrintAsync(photos, gate);
        }

        if (options.PairsFile is not null)
        {
            await File.WriteAllLinesAsync(options.PairsFile, measured.Select(PairLine.Of));
        }
    }

    public ValueTask DisposeAsync() => gate.DisposeAsync();

    public static int Distance(ReadPicture a, ReadPicture b) =>
        BitOperations.PopCount(a.Subject.Fingerprint.PerceptualHash ^ b.Subject.Fingerprint.PerceptualHash);

    private IEnumerable<PairSource> Sources(IReadOnlyList<Photo> photos)
    {
        var hard = HardNegatives.All(options.Work, photos);
        return
        [
            .. Copies.OfPhotographs(photos),
            .. BorderedCopies.Of(photos),
            .. Copies.OfDrawings(),
            .. Copies.Later(photos),
            .. PoorerFirst.Of(photos),
            .. hard,
            .. HardNegatives.Retoned(hard),
            .. DrawnPairs.Of(photos),
            .. SmallLetters.Of(options.Seed),
        ];
    }

    private async Task MeasureAsync(PairSource source)
    {
        for (var at = 0; at < source.Count; at += source.IsThinned ? 1 : options.Every)
        {
            if (source.Draw(at) is { } pair && await JudgeAsync(pair) is var (judged, distance))
            {
                var result = new Measured(source.Kind, pair.Name, source.IsUnseen, source.IsCopy, judged, distance);
                measured.Add(result);
                Keep(result, pair, at);
            }
        }
    }

    /// <summary>The verdict and the distance of the fingerprints; null where one of the files is refused.</summary>
    private async Task<(Judged Judged, int Distance)?> JudgeAsync(HardPair pair)
    {
        if (options.IsWithoutSieve)
        {
            return gate.Check(pair.A) is { } first && gate.Check(pair.B) is { } later
                ? (await gate.JudgeOriginalsAsync(first, later), 0)
                : null;
        }

        return await gate.ReadAsync(pair.A) is { } a && await gate.ReadAsync(pair.B) is { } b
            ? (await gate.JudgeAsync(a, b), Distance(a, b))
            : null;
    }

    private void Keep(Measured result, HardPair pair, int number)
    {
        if (options.WrongFolder is { } folder && result.IsMoved != result.IsCopy)
        {
            var name = Path.Combine(
                folder,
                string.Concat($"{result.Kind} {number}".Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'))
            );
            Directory.CreateDirectory(folder);
            File.WriteAllBytes($"{name}-a", pair.A);
            File.WriteAllBytes($"{name}-b", pair.B);
        }
    }
}
