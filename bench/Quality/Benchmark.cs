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
internal sealed record Measured(string Kind, string Name, bool IsCopy, PairVerdict Pair, int HashDistance);

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
        var originals = new List<(string Name, Subject Subject)>();
        foreach (var (name, picture) in photos)
        {
            if (await reader.ReadAsync(picture.PngsaveBuffer(compression: 1), default) is { } subject)
            {
                originals.Add((name, subject));
            }
        }

        var others = new List<(string Of, Subject Subject)>();
        var random = new Random(Seed);
        foreach (var (name, picture) in photos)
        {
            var original = originals.First(known => known.Name == name).Subject;
            foreach (var transform in CopyTransforms.All)
            {
                var copy = (await reader.ReadAsync(transform.Apply(picture, random), default))!;
                measured.Add(Measure(transform.Name, name, true, original, copy));
                others.Add((name, copy));
            }
        }

        long pairs = 0;
        foreach (var (name, original) in originals)
        {
            foreach (var (of, copy) in others.Where(other => other.Of != name))
            {
                pairs++;
                if (DuplicatePolicy.Cosine(original.CopyVector.Span, copy.CopyVector.Span) >= 0.5 || Distance(original, copy) <= 12)
                {
                    measured.Add(Measure("different pictures", $"{name} {of}", false, original, copy));
                }
            }
        }

        foreach (var hard in HardNegatives.All(work, photos))
        {
            if (await reader.ReadAsync(hard.A, default) is { } a && await reader.ReadAsync(hard.B, default) is { } b)
            {
                measured.Add(Measure(hard.Kind, hard.Name, false, a, b));
            }
        }

        Report.Print(measured, photos.Count, pairs, policy);
        await Cost.PrintAsync(photos, [.. others.Select(other => (originals.First(known => known.Name == other.Of).Subject, other.Subject))], reader);
        if (pairsFile is not null)
        {
            await File.WriteAllLinesAsync(pairsFile, measured.Select(Line));
        }

        Measured Measure(string kind, string name, bool isCopy, Subject a, Subject b) => new(kind, name, isCopy, policy.Compare(a, b), Distance(a, b));
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private List<(string Name, Image Picture)> Photos()
    {
        var reader = services.GetRequiredService<SubjectReader>();
        var photos = new List<(string, Image)>();
        var count = 0;
        foreach (var set in PhotoSet.All)
        {
            var files = set.Find(work).ToList();
            foreach (var file in files)
            {
                if (count++ % every == 0 && reader.Picture(File.ReadAllBytes(file)) is { Width: >= LeastSide, Height: >= LeastSide } picture)
                {
                    photos.Add((Path.GetRelativePath(Path.Combine(work, "packages"), file), picture));
                }
            }
        }

        return photos;
    }

    private static int Distance(Subject a, Subject b) => BitOperations.PopCount(a.Fingerprint.PerceptualHash ^ b.Fingerprint.PerceptualHash);

    private static string Line(Measured pair)
    {
        var alignment = pair.Pair.Evidence.Alignment;
        return string.Join('\t', pair.Kind, pair.Name, pair.IsCopy ? 1 : 0, pair.Pair.Verdict, pair.Pair.Evidence.Rule, pair.Pair.Evidence.Pixels, pair.Pair.Similarity.ToString("0.0000", CultureInfo.InvariantCulture),
            pair.HashDistance, alignment?.Correlation, alignment?.Agreement, alignment?.Changed, alignment?.Moved, alignment?.Added, alignment?.Paper, alignment?.ScaleX, alignment?.ScaleY, alignment?.OffsetX, alignment?.OffsetY);
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
