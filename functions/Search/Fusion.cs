namespace Serverless.Search;

/// <summary>
/// Merges the results of words and vectors into one order. Images with all the words come first, led by those with a name, title, keyword
/// or tag equal to the query; but every fourth place goes to the best of the rest, if it looks more like the query than the image whose
/// turn it is, so that hundreds of images with a word cannot hide one that just looks right. The rest are ordered by reciprocal ranks, with
/// the ranks of images that have only some of the words counting twice: "red" alone is a weak match for "red circle", but "grandmother
/// laughing" is still found.
/// </summary>
internal static class Fusion
{
    /// <summary>Number of results of each kind to merge at least, so that the order does not depend on the page size.</summary>
    public const int Depth = 30;

    private const double RankConstant = 60;
    private const int PlacesOfComplete = 3;

    /// <param name="nearest">By vector, best first.</param>
    public static IReadOnlyList<FusedHit> Of(WordQuery query, WordHits words, IReadOnlyList<Neighbour> nearest)
    {
        var near = nearest.Index().ToDictionary(item => item.Item.Id, item => item.Index, StringComparer.Ordinal);
        var found = words.All.Select(hit => hit.Id).ToHashSet(StringComparer.Ordinal);
        FusedHit Hit(WordHit hit)
        {
            int? rank = near.TryGetValue(hit.Id, out var place) ? place : null;
            var seen = rank is null ? null : nearest[place];
            return new FusedHit(hit.Document, seen?.Similarity, rank)
            {
                Part = PartOf(seen?.Document) ?? hit.Page ?? PartOf(hit.Document),
                Others = seen?.Others ?? [],
                HasWords = true,
                IsComplete = hit.Completeness == Completeness.Whole,
                Highlights = hit.Highlights,
            };
        }

        var complete = words.Of(Completeness.Whole).Select(Hit).ToList();
        var begun = words.Of(Completeness.Begun).Select(Hit).ToList();
        var some = words.Of(Completeness.Partial).Select(Hit);

        // Those beyond the depth are not known on the first pages: they must not get ahead of what these have shown.
        var (before, beforeSome) = (Beyond(complete.Count), Beyond(complete.Count + begun.Count));
        var seen = nearest.Select(FusedHit.Of).Where(hit => !found.Contains(hit.Id));
        return Interleaved(
            Scored(complete, place => place)
                .OrderByDescending(item => query.IsWhole(item.Hit.Document))
                .ThenByDescending(item => item.Score)
                .Select(item => item.Hit),
            Scored(begun, place => before + place)
                .Concat(Scored(seen, _ => null))
                .Concat(Scored(some, place => 2 * (beforeSome + place + 1)))
                .OrderByDescending(item => item.Score)
                .Select(item => item.Hit)
        );
    }

    private static ImageDocument? PartOf(ImageDocument? document) => document?.Sheet is null ? null : document;

    private static int Beyond(int count) => count < Depth ? 0 : count;

    /// <summary>The sum of the reciprocal ranks by words and by vector.</summary>
    private static IEnumerable<(FusedHit Hit, double Score)> Scored(IEnumerable<FusedHit> hits, Func<int, int?> rankOf) =>
        hits.Select((hit, place) => (hit, Reciprocal(rankOf(place)) + Reciprocal(hit.Rank)));

    private static double Reciprocal(int? rank) => rank is { } place ? 1 / (RankConstant + place) : 0;

    private static bool IsNearer(FusedHit a, FusedHit b) => a.Rank is { } rank && !(b.Rank <= rank);

    private static List<FusedHit> Interleaved(IEnumerable<FusedHit> first, IEnumerable<FusedHit> rest)
    {
        var (waiting, order) = (new Queue<FusedHit>(rest), new List<FusedHit>());
        foreach (var hit in first)
        {
            if (order.Count % (PlacesOfComplete + 1) == PlacesOfComplete && waiting.TryPeek(out var other) && IsNearer(other, hit))
            {
                order.Add(waiting.Dequeue());
            }

            order.Add(hit);
        }

        order.AddRange(waiting);
        return order;
    }
}
