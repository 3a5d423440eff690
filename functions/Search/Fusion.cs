namespace Serverless.Search;

/// <summary>
/// Merges the results of words and vectors into one order. Images with all the words come first, led by those with a name, title, keyword
/// or tag equal to the query; but every fourth place goes to the best of the rest, so that hundreds of images with a word cannot hide one
/// that just looks right. The rest are ordered by reciprocal ranks, with the ranks of images that have only some of the words counting
/// twice: "red" alone is a weak match for "red circle", but "grandmother laughing" is still found.
/// </summary>
internal static class Fusion
{
    private const double RankConstant = 60;
    private const int PlacesOfComplete = 3;

    /// <param name="nearest">By vector, best first.</param>
    public static IReadOnlyList<FusedHit> Of(WordQuery query, WordHits words, IReadOnlyList<Neighbour> nearest)
    {
        var near = Ranks(nearest.Select(neighbour => neighbour.Id));
        var all = words.Complete.Select(hit => hit.Id).ToHashSet(StringComparer.Ordinal);
        FusedHit Hit(ImageDocument document) =>
            new(
                document,
                near.TryGetValue(document.Id, out var rank) ? nearest[rank].Similarity : null,
                near.TryGetValue(document.Id, out rank) ? rank : null
            )
            {
                HasWords = true,
                IsComplete = all.Contains(document.Id),
            };

        var first = Scored(words.Complete.Select(Hit), place => place)
            .OrderByDescending(item => query.IsWhole(item.Hit.Document))
            .ThenByDescending(item => item.Score)
            .Select(item => item.Hit);
        var taken = new HashSet<string>(all, StringComparer.Ordinal);
        List<FusedHit> Others(IEnumerable<ImageDocument> hits) => [.. hits.Where(hit => taken.Add(hit.Id)).Select(Hit)];
        var begun = Scored(Others(words.Begun), place => place);
        var some = Scored(Others(words.Some), place => 2 * (place + 1));
        var seen = nearest
            .Select((neighbour, rank) => new FusedHit(neighbour.Document, neighbour.Similarity, rank))
            .Where(hit => !taken.Contains(hit.Document.Id));
        return Interleaved(
            first,
            begun.Concat(Scored(seen, _ => null)).Concat(some).OrderByDescending(item => item.Score).Select(item => item.Hit)
        );
    }

    /// <summary>The sum of the reciprocal ranks by words and by vector.</summary>
    private static IEnumerable<(FusedHit Hit, double Score)> Scored(IEnumerable<FusedHit> hits, Func<int, int?> rankOf) =>
        hits.Select((hit, place) => (hit, Reciprocal(rankOf(place)) + Reciprocal(hit.Rank)));

    private static double Reciprocal(int? rank) => rank is { } place ? 1 / (RankConstant + place) : 0;

    private static List<FusedHit> Interleaved(IEnumerable<FusedHit> first, IEnumerable<FusedHit> rest)
    {
        var (waiting, order) = (new Queue<FusedHit>(rest), new List<FusedHit>());
        foreach (var hit in first)
        {
            if (order.Count % (PlacesOfComplete + 1) == PlacesOfComplete && waiting.TryDequeue(out var other))
            {
                order.Add(other);
            }

            order.Add(hit);
        }

        order.AddRange(waiting);
        return order;
    }

    private static Dictionary<string, int> Ranks(IEnumerable<string> ids) =>
        ids.Select((id, rank) => (id, rank)).ToDictionary(item => item.id, item => item.rank, StringComparer.Ordinal);
}
