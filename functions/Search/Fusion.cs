namespace Serverless.Search;

/// <summary>
/// One order of what words and what vectors find. Images that have all the words come first, those of which a name, a title, a keyword
/// or a tag is the query before the others; but of every four places one goes to the best of the rest, so that hundreds of images with
/// a word do not hide one that just looks right. The rest are ordered by reciprocal ranks.
/// </summary>
internal static class Fusion
{
    private const double RankConstant = 60;
    private const int PlacesOfComplete = 3;

    /// <param name="complete">Those with all words, best first.</param>
    /// <param name="some">Those with some of the words or with words that begin so, best first; may hold the complete as well.</param>
    /// <param name="nearest">By vector, best first.</param>
    public static IReadOnlyList<FusedHit> Of(
        WordQuery query,
        IReadOnlyList<WordHit> complete,
        IReadOnlyList<WordHit> some,
        IReadOnlyList<Neighbour> nearest
    )
    {
        var near = Ranks(nearest.Select(neighbour => neighbour.Id));
        var all = complete.Select(hit => hit.Id).ToHashSet(StringComparer.Ordinal);
        FusedHit Hit(WordHit hit) =>
            near.TryGetValue(hit.Id, out var rank)
                ? new FusedHit(hit.Document, nearest[rank].Similarity, rank, hit.Highlights, all.Contains(hit.Id))
                : new FusedHit(hit.Document, null, null, hit.Highlights, all.Contains(hit.Id));

        var first = Ordered(complete.Select(Hit)).OrderByDescending(hit => query.IsWhole(hit.Document));
        var partial = some.Where(hit => !all.Contains(hit.Id)).Select(Hit).ToList();
        var named = partial.Select(hit => hit.Document.Id).ToHashSet(StringComparer.Ordinal);
        var seen = nearest
            .Select((neighbour, rank) => new FusedHit(neighbour.Document, neighbour.Similarity, rank, [], false))
            .Where(hit => !all.Contains(hit.Document.Id) && !named.Contains(hit.Document.Id));
        return Interleaved(first, Ordered(partial, seen));
    }

    /// <summary>By the sum of reciprocal ranks: the place among those with words, and the place among the nearest.</summary>
    private static IEnumerable<FusedHit> Ordered(IEnumerable<FusedHit> worded, IEnumerable<FusedHit>? others = null) =>
        worded
            .Select((hit, place) => (Hit: hit, Score: (1 / (RankConstant + place)) + ScoreOf(hit.Rank)))
            .Concat((others ?? []).Select(hit => (Hit: hit, Score: ScoreOf(hit.Rank))))
            .OrderByDescending(item => item.Score)
            .Select(item => item.Hit);

    private static double ScoreOf(int? rank) => rank is { } place ? 1 / (RankConstant + place) : 0;

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
