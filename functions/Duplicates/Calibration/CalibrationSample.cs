using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Serverless.Duplicates.Calibration;

/// <summary>Makes copies of pictures, draws pairs of different ones, and compares all of them as the gate does.</summary>
internal sealed class CalibrationSample(SubjectReader reader, IOptions<DuplicateOptions> options)
{
    /// <summary>Copies of each picture that are compared with every other picture, besides the picture itself.</summary>
    private const int CopiesAmongOthers = 2;

    /// <summary>Cosine below which pairs of different pictures are not compared by pixels: far below what is ever looked at.</summary>
    private const double Unlike = 0.3;

    private readonly ConcurrentBag<ComparedPair> pairs = [];
    private readonly ConcurrentBag<(string Name, Subject Subject, bool IsOriginal)> subjects = [];

    /// <summary>How many pictures were usable.</summary>
    public int Pictures => subjects.Count(subject => subject.IsOriginal);

    /// <summary>Adds one picture; false where the bytes are no usable picture.</summary>
    public async Task<bool> TryAddAsync(string name, ReadOnlyMemory<byte> bytes, int seed, CancellationToken cancellation)
    {
        using var picture = reader.Picture(bytes);
        if (picture is null || await reader.ReadAsync(bytes, cancellation) is not { } original)
        {
            return false;
        }

        subjects.Add((name, original, true));
        var random = new Random(seed);
        var among = Enumerable.Range(0, CopiesAmongOthers).Select(_ => random.Next(CopyTransforms.All.Count)).ToHashSet();
        for (var index = 0; index < CopyTransforms.All.Count; index++)
        {
            var transform = CopyTransforms.All[index];
            if (await reader.ReadAsync(transform.Apply(picture, random), cancellation) is { } copy)
            {
                pairs.Add(Compare(name, transform.Name, true, original, copy));
                if (among.Contains(index))
                {
                    subjects.Add((name, copy, false));
                }
            }
        }

        return true;
    }

    /// <summary>All pairs: each picture with its copies, and with the other pictures and some of their copies.</summary>
    public IReadOnlyList<ComparedPair> Pairs()
    {
        var all = subjects.ToList();
        var others = new ConcurrentBag<ComparedPair>(pairs);
        Parallel.For(0, all.Count, at =>
        {
            for (var other = 0; all[at].IsOriginal && other < all.Count; other++)
            {
                var isOnce = !all[other].IsOriginal || other > at;
                if (isOnce && all[other].Name != all[at].Name && all[other].Subject.Sha256 != all[at].Subject.Sha256)
                {
                    others.Add(Compare(all[at].Name, all[other].Name, false, all[at].Subject, all[other].Subject));
                }
            }
        });
        return [.. others];
    }

    private ComparedPair Compare(string a, string b, bool isCopy, Subject one, Subject other)
    {
        var similarity = DuplicatePolicy.Cosine(one.CopyVector.Span, other.CopyVector.Span);
        PixelVerdict? pixels = !isCopy && similarity < Unlike ? null
            : Math.Min(one.Fingerprint.Texture, other.Fingerprint.Texture) < options.Value.MinTexture ? PixelVerdict.Flat
            : PixelRule.Of(LumaAligner.Align(one.Fingerprint.Luma, other.Fingerprint.Luma), options.Value);
        return new ComparedPair(a, b, isCopy, similarity, pixels);
    }
}
