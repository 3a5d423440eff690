using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Duplicates.Originals;
using Serverless.Images;
using Serverless.Imaging;

namespace Local.Calibration;

/// <summary>Makes copies of pictures, draws pairs of different ones, and compares them all as the app does.</summary>
internal sealed class CalibrationSample(SubjectReader reader, OriginalComparison comparison, IOptions<DuplicateOptions> options)
{
    /// <summary>Copies of each picture that are compared with every other picture, besides the picture itself.</summary>
    private const int CopiesAmongOthers = 2;

    /// <summary>Cosine below which different pictures are not compared by pixels: far below any candidate threshold.</summary>
    private const double Unlike = 0.3;

    private readonly ConcurrentBag<ComparedPair> pairs = [];
    private readonly ConcurrentBag<Sampled> subjects = [];

    /// <summary>How many pictures were usable.</summary>
    public int Pictures => subjects.Count(subject => subject.IsOriginal);

    /// <summary>Adds one picture; false if the file is unusable.</summary>
    public async Task<bool> TryAddAsync(
        string name,
        Func<CancellationToken, Task<ReadOnlyMemory<byte>>> read,
        int seed,
        CancellationToken cancellation
    )
    {
        var bytes = await read(cancellation);
        using var picture = reader.Picture(bytes);
        if (picture is null || await reader.ReadAsync(bytes, cancellation) is not { } subject)
        {
            return false;
        }

        subjects.Add(new Sampled(name, subject, read, true));
        var original = new Sampled(name, subject, _ => Task.FromResult(bytes), true);
        var random = new Random(seed);
        var among = Enumerable.Range(0, CopiesAmongOthers).Select(_ => random.Next(CopyTransforms.All.Count)).ToHashSet();
        for (var index = 0; index < CopyTransforms.All.Count; index++)
        {
            var transform = CopyTransforms.All[index];
            ReadOnlyMemory<byte> file = transform.Apply(picture, random);
            if ((transform.IsMarked && !options.Value.AcceptsOverlays) || await reader.ReadAsync(file, cancellation) is not { } changed)
            {
                continue;
            }

            var copy = new Sampled(name, changed, _ => Task.FromResult(file), false);
            pairs.Add(await ConfirmedAsync(Compare(name, transform.Name, true, original, copy), original, copy, cancellation));
            if (among.Contains(index))
            {
                subjects.Add(copy);
            }
        }

        return true;
    }

    /// <summary>All pairs: each picture with its copies, and with the other pictures and some of their copies.</summary>
    public async Task<IReadOnlyList<ComparedPair>> PairsAsync(CancellationToken cancellation)
    {
        var all = subjects.ToList();
        var others = new ConcurrentBag<ComparedPair>(pairs);
        await Parallel.ForAsync(
            0,
            all.Count,
            cancellation,
            async (at, token) =>
            {
                for (var other = 0; all[at].IsOriginal && other < all.Count; other++)
                {
                    var isOnce = !all[other].IsOriginal || other > at;
                    if (isOnce && all[other].Name != all[at].Name && all[other].Subject.Sha256 != all[at].Subject.Sha256)
                    {
                        others.Add(
                            await ConfirmedAsync(
                                Compare(all[at].Name, all[other].Name, false, all[at], all[other]),
                                all[at],
                                all[other],
                                token
                            )
                        );
                    }
                }
            }
        );
        return [.. others];
    }

    private ComparedPair Compare(string a, string b, bool isCopy, Sampled one, Sampled other)
    {
        var similarity = DuplicatePolicy.Cosine(one.Subject.CopyVector.Span, other.Subject.CopyVector.Span);
        PixelVerdict? pixels =
            !isCopy && similarity < Unlike ? null
            : Math.Min(one.Subject.Fingerprint.Texture, other.Subject.Fingerprint.Texture) < options.Value.MinTexture ? PixelVerdict.Flat
            : FingerprintRule.Of(ViewAlignment.Best(one.Subject.Fingerprint, other.Subject.Fingerprint, options.Value), options.Value);
        return new ComparedPair(a, b, isCopy, similarity, pixels);
    }

    /// <summary>
    /// Pictures that look the same at a small size are compared file with file; which of the two shows more does not matter here.
    /// </summary>
    private async Task<ComparedPair> ConfirmedAsync(ComparedPair pair, Sampled a, Sampled b, CancellationToken cancellation)
    {
        if (pair.Pixels is not (PixelVerdict.Same or PixelVerdict.Agree))
        {
            return pair;
        }

        var match = await comparison.CompareAsync(
            reader.Original(a.Subject.Sha256, a.ReadAsync),
            reader.Original(b.Subject.Sha256, b.ReadAsync),
            ImageOrientation.Upright,
            null,
            cancellation
        );
        var isCopy = match.Finding == OriginalFinding.Same || (match.Finding == OriginalFinding.Overlay && options.Value.AcceptsOverlays);
        return isCopy ? pair : pair with { Pixels = PixelVerdict.Differ };
    }

    /// <summary>One file of the sample.</summary>
    private sealed record Sampled(
        string Name,
        Subject Subject,
        Func<CancellationToken, Task<ReadOnlyMemory<byte>>> ReadAsync,
        bool IsOriginal
    );
}
