using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NetVips;
using Serverless.Duplicates;
using Serverless.Duplicates.Calibration;
using Serverless.Embeddings;
using Serverless.Imaging;

namespace Bench.Quality;

/// <summary>One compared pair: what the gate says of it, and what its two parts say alone.</summary>
internal sealed record Measured(string Kind, string Name, bool IsUnseen, bool IsCopy, PairVerdict Pair, int HashDistance);

/// <summary>A picture that copies are made of.</summary>
internal sealed record Photo(string Name, bool IsUnseen, Image Picture);

internal sealed class Benchmark(string work, int every) : IAsyncDisposable
{
    private const int Seed = 1;

    /// <summary>A quarter of it is still a picture.</summary>
    private const int LeastSide = 320;

    private readonly ServiceProvider services = Services();

    public async Task RunAsync(string? pairsFile)
    {
        var photos = Photos();
        var policy = services.GetRequiredService<DuplicatePolicy>();
        var reader = services.GetRequiredService<SubjectReader>();
        var measured = new List<Measured>();
        var originals = new List<(Photo Photo, Subject Subject)>();
        var copies = new List<(Photo Of, Subject Original, Subject Subject)>();
        var random = new Random(Seed);
        foreach (var photo in photos)
        {
            var original = (await reader.ReadAsync(photo.Picture.PngsaveBuffer(compression: 1), default))!;
            originals.Add((photo, original));
            foreach (var transform in CopyTransforms.All)
            {
                var copy = (await reader.ReadAsync(transform.Apply(photo.Picture, random), default))!;
                measured.Add(Measure(transform.Name, photo.Name, photo.IsUnseen, true, original, copy));
                copies.Add((photo, original, copy));
            }
        }

        var pairs = new Dictionary<bool, long> { [false] = 0, [true] = 0 };
        foreach (var (photo, original) in originals)
        {
            foreach (var (of, _, copy) in copies.Where(copy => copy.Of != photo))
            {
                var isUnseen = photo.IsUnseen || of.IsUnseen;
                pairs[isUnseen]++;
                if (DuplicatePolicy.Cosine(original.CopyVector.Span, copy.CopyVector.Span) >= 0.5 || Distance(original, copy) <= 12)
                {
                    measured.Add(Measure(Report.Different, $"{photo.Name} {of.Name}", isUnseen, false, original, copy));
                }
            }
        }

        var hard = new List<(HardPair Pair, bool IsUnseen)>([
            .. HardNegatives.Found(work).Concat(HardNegatives.Documents()).Concat(HardNegatives.Drawn(Named(false))).Select(pair => (pair, false)),
            .. HardNegatives.Drawn(Named(true)).Select(pair => (pair, true))]);
        hard.AddRange([.. hard.Where(pair => pair.Pair.Kind != Frames.Held).Select((pair, index) => (HardNegatives.Retoned(pair.Pair, index), pair.IsUnseen))]);
        foreach (var (pair, isUnseen) in hard)
        {
            if (await reader.ReadAsync(pair.A, default) is { } a && await reader.ReadAsync(pair.B, default) is { } b)
            {
                measured.Add(Measure(pair.Kind, pair.Name, isUnseen, false, a, b));
            }
        }

        Report.Print(measured, photos, pairs, policy);
        await Cost.PrintAsync(photos, [.. copies.Select(copy => (copy.Original, copy.Subject))], reader);
        if (pairsFile is not null)
        {
            await File.WriteAllLinesAsync(pairsFile, measured.Select(Line));
        }

        Measured Measure(string kind, string name, bool isUnseen, bool isCopy, Subject a, Subject b) =>
            new(kind, name, isUnseen, isCopy, policy.Compare(a, b), Distance(a, b));

        List<(string, Image)> Named(bool isUnseen) => [.. photos.Where(photo => photo.IsUnseen == isUnseen).Select(photo => (photo.Name, photo.Picture))];
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private List<Photo> Photos()
    {
        var reader = services.GetRequiredService<SubjectReader>();
        var photos = new List<Photo>();
        var count = 0;
        foreach (var set in PhotoSet.All)
        {
            var files = set.Find(work).ToList();
            foreach (var file in files)
            {
                if (count++ % every == 0 && reader.Picture(File.ReadAllBytes(file)) is { Width: >= LeastSide, Height: >= LeastSide } picture)
                {
                    photos.Add(new Photo(Path.GetRelativePath(Path.Combine(work, "packages"), file), set.IsUnseen, picture));
                }
            }
        }

        return photos;
    }

    private static int Distance(Subject a, Subject b) => BitOperations.PopCount(a.Fingerprint.PerceptualHash ^ b.Fingerprint.PerceptualHash);

    private static string Line(Measured pair)
    {
        var alignment = pair.Pair.Evidence.Alignment;
        return string.Join('\t', pair.Kind, pair.Name, pair.IsUnseen ? 1 : 0, pair.IsCopy ? 1 : 0, pair.Pair.Verdict, pair.Pair.Evidence.Rule, pair.Pair.Evidence.Pixels, pair.Pair.Similarity.ToString("0.0000", CultureInfo.InvariantCulture),
            pair.HashDistance, alignment?.Correlation, alignment?.Agreement, alignment?.Changed, alignment?.Moved, alignment?.Added, alignment?.Paper, alignment?.ScaleX, alignment?.ScaleY, alignment?.OffsetX, alignment?.OffsetY, alignment?.IsRetoned, alignment?.IsMarked);
    }

    private static ServiceProvider Services()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton(TimeProvider.System);
        services.AddImaging(configuration);
        services.AddEmbeddings(configuration);
        services.AddCalibration(configuration);
        return services.BuildServiceProvider();
    }
}
