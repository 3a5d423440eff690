using Local.Calibration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Duplicates;
using Serverless.Duplicates.Originals;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;

namespace Bench.Quality;

/// <summary>A picture as the gate knows it.</summary>
internal sealed record ReadPicture(CheckedImage Image, Subject Subject)
{
    public Original Original { get; } = Original.Of(Image);
}

/// <summary>What the gate says of a pair.</summary>
/// <param name="Sieve">By vectors and small pictures alone.</param>
/// <param name="Pair">In the end.</param>
/// <param name="WithOverlays">In the end, where overlays are accepted.</param>
/// <param name="Match">What the originals say; null where they were not asked.</param>
internal sealed record Judged(PairVerdict Sieve, PairVerdict Pair, PairVerdict WithOverlays, OriginalMatch? Match);

/// <summary>From the bytes of two files to the verdict on the later one, by the code that decides on an upload.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly ServiceProvider services = Services();

    public DuplicatePolicy Policy => services.GetRequiredService<DuplicatePolicy>();

    public SubjectReader Pictures => services.GetRequiredService<SubjectReader>();

    /// <summary>The picture; null where the bytes are refused.</summary>
    public async Task<ReadPicture?> ReadAsync(byte[] bytes)
    {
        return Check(bytes) is { } image ? new ReadPicture(image, await Pictures.ReadAsync(image, default)) : null;
    }

    public CheckedImage? Check(byte[] bytes) => services.GetRequiredService<ImageReader>().Check(bytes).Image;

    /// <summary>What becomes of the later one where the first is live.</summary>
    public async Task<Judged> JudgeAsync(ReadPicture first, ReadPicture later)
    {
        var sieve = Policy.Compare(later.Subject, first.Subject);
        if (!sieve.IsOfSieve)
        {
            return new Judged(sieve, sieve, sieve, null);
        }

        // Nothing is remembered: every pair is compared anew, as its cost is measured too.
        var match = await new OriginalComparison(new KnownMatches()).CompareAsync(
            later.Original,
            first.Original,
            sieve,
            isTurnedHere: true,
            default
        );
        return new Judged(
            sieve,
            Policy.Judge(sieve, match, "the first"),
            OriginalRule.Of(sieve, match, acceptsOverlays: true, "the first"),
            match
        );
    }

    /// <summary>The same as if vectors and fingerprints said that the two are copies.</summary>
    public async Task<Judged> JudgeOriginalsAsync(CheckedImage first, CheckedImage later)
    {
        var evidence = new Evidence(DuplicateRules.VectorAndPixels, "The sieve was left out.", 1, Policy.Threshold, null, null, "none");
        var sieve = new PairVerdict(Verdict.Copy, 1, evidence) { IsOfSieve = true };
        var match = await new OriginalComparison(new KnownMatches()).CompareAsync(
            Original.Of(later),
            Original.Of(first),
            ImageOrientation.Upright,
            null,
            default
        );
        return new Judged(
            sieve,
            Policy.Judge(sieve, match, "the first"),
            OriginalRule.Of(sieve, match, acceptsOverlays: true, "the first"),
            match
        );
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

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
