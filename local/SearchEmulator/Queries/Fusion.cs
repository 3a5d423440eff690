namespace SearchEmulator.Queries;

/// <summary>One ranking that takes part in a hybrid search, best first.</summary>
internal sealed record Arm(IReadOnlyList<int> Slots, float Weight);

/// <summary>Reciprocal rank fusion as the service computes it: ranks count from 0, and sums are of single precision.</summary>
internal static class Fusion
{
    private const float RankConstant = 60f;

    /// <summary>Equal scores keep the order in which the arms name the documents, the text arm first.</summary>
    public static List<Hit> Fuse(IReadOnlyList<Arm> arms)
    {
        var places = new Dictionary<int, int>();
        var hits = new List<Hit>();
        foreach (var arm in arms)
        {
            for (var rank = 0; rank < arm.Slots.Count; rank++)
            {
                var slot = arm.Slots[rank];
                var score = arm.Weight / (RankConstant + rank);
                if (places.TryGetValue(slot, out var place))
                {
                    hits[place] = hits[place] with { Score = hits[place].Score + score };
                }
                else
                {
                    places[slot] = hits.Count;
                    hits.Add(new Hit(slot, score));
                }
            }
        }

        return [.. hits.OrderByDescending(hit => hit.Score)];
    }
}
