using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Search;

namespace Serverless.Duplicates;

/// <summary>The images near another, in whatever state.</summary>
/// <param name="Announced">Those of them that are in the log.</param>
/// <param name="Nearest">The cosine of the nearest image in the index.</param>
internal sealed record Neighbours(IReadOnlyList<string> Ids, IReadOnlyDictionary<string, Announcement> Announced, double? Nearest);

/// <summary>Finds the images near another: by bytes in the ledger, by vector in the index and among earlier announcements.</summary>
internal sealed class Neighbourhood(ImageLedger ledger, AnnouncementLog log, ImageIndex index, DuplicatePolicy policy, EmbeddingModel model)
{
    /// <summary>Neighbours requested from the index. Remembered decisions and stale documents take places, so more than one.</summary>
    private const int Asked = 50;

    /// <summary>
    /// Maximum number of neighbours below the threshold to compare closely: a collection of similar pictures must not cost more than the
    /// rest.
    /// </summary>
    private const int ComparedBelow = 8;

    /// <summary>Neighbours requested per orientation.</summary>
    private const int TurnedNeighbours = 10;

    /// <summary>Scores are rounded to float32; the exact cosine is recomputed from the ledger.</summary>
    private const double Rounding = 1e-5;

    public async Task<Neighbours> OfAsync(ImageRecord record, Subject subject, CancellationToken cancellation)
    {
        var sameBytes = ledger.IdsWithHashAsync(record.Sha256!, cancellation);

        // The log is read before the index is queried: anything that leaves the log in between is already in the index.
        var announced = await AnnouncedAsync(record, subject, cancellation);
        var near = await index.NearestAsync(record.CopyVector, Asked, record.Id, cancellation);
        var turned = await Task.WhenAll(
            record.Turned.Select(turn => index.NearestAsync(turn.Vector, TurnedNeighbours, record.Id, cancellation))
        );
        double? nearest = near.Count > 0 ? near.Max(neighbour => neighbour.Similarity) : null;

        string[] ids =
        [
            .. Close(near, neighbour => neighbour.Similarity)
                .Select(neighbour => neighbour.Id)
                .Concat(turned.SelectMany(found => Close(found, neighbour => neighbour.Similarity)).Select(neighbour => neighbour.Id))
                .Concat(await sameBytes)
                .Concat(announced.Keys)
                .Where(id => id != record.Id)
                .Distinct(),
        ];
        return new Neighbours(ids, announced, nearest);
    }

    /// <summary>All images at or above the threshold, and the nearest few below it.</summary>
    private IEnumerable<T> Close<T>(IEnumerable<T> found, Func<T, double> similarity)
    {
        var below = 0;
        return found
            .OrderByDescending(similarity)
            .TakeWhile(item =>
                similarity(item) >= policy.CandidateThreshold - Rounding
                && (similarity(item) >= policy.Threshold - Rounding || below++ < ComparedBelow)
            );
    }

    private async Task<Dictionary<string, Announcement>> AnnouncedAsync(ImageRecord record, Subject subject, CancellationToken cancellation)
    {
        var latest = new Dictionary<string, (Announcement Announcement, double Similarity)>();
        foreach (var other in await log.BeforeAsync(record.Sequence, cancellation))
        {
            if (other.Id != record.Id && (other.Sha256 == subject.Sha256 || model.Made(other)))
            {
                var similarity = other.Sha256 == subject.Sha256 ? 1 : Nearest(subject, other.CopyVector);
                latest[other.Id] = (other, similarity);
            }
        }

        return Close(latest.Values, found => found.Similarity).ToDictionary(found => found.Announcement.Id, found => found.Announcement);
    }

    private static double Nearest(Subject subject, ReadOnlyMemory<float> vector) =>
        subject
            .Turned.Select(turned => DuplicatePolicy.Cosine(turned.Vector.Span, vector.Span))
            .Append(DuplicatePolicy.Cosine(subject.CopyVector.Span, vector.Span))
            .Max();
}
