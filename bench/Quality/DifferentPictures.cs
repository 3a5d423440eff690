using Local.Calibration;
using Serverless.Duplicates;

namespace Bench.Quality;

/// <summary>All pairs of a picture and a copy of another: nearly all are told by the cosine alone.</summary>
/// <param name="Known">Pairs of pictures known when the rule was set.</param>
/// <param name="Unseen">Pairs with one that was not.</param>
/// <param name="Close">The pairs that were looked at closely.</param>
internal sealed record DifferentPictures(long Known, long Unseen, IReadOnlyList<Measured> Close)
{
    public const string Kind = "different pictures";

    private const double LeastCosine = 0.5;
    private const int MostBits = 12;

    public static async Task<DifferentPictures> MeasureAsync(Gate gate, IReadOnlyList<Photo> photos)
    {
        var originals = new List<(Photo Photo, ReadPicture Picture)>();
        var copies = new List<(Photo Of, ReadPicture Picture)>();
        for (var at = 0; at < photos.Count; at++)
        {
            originals.Add((photos[at], (await gate.ReadAsync(photos[at].Original))!));
            foreach (var transform in CopyTransforms.All)
            {
                copies.Add((photos[at], (await gate.ReadAsync(transform.Apply(photos[at].Picture, new Random(at))))!));
            }
        }

        var (counts, close) = (new long[2], new List<Measured>());
        foreach (var (photo, original) in originals)
        {
            foreach (var (of, copy) in copies.Where(copy => copy.Of != photo))
            {
                var isUnseen = photo.IsUnseen || of.IsUnseen;
                counts[isUnseen ? 1 : 0]++;
                var distance = Benchmark.Distance(original, copy);
                if (
                    DuplicatePolicy.Cosine(original.Subject.CopyVector.Span, copy.Subject.CopyVector.Span) >= LeastCosine
                    || distance <= MostBits
                )
                {
                    close.Add(
                        new Measured(Kind, $"{photo.Name} {of.Name}", isUnseen, false, await gate.JudgeAsync(original, copy), distance)
                    );
                }
            }
        }

        return new DifferentPictures(counts[0], counts[1], close);
    }
}
