using SearchEmulator.Analysis;

namespace SearchEmulator.Text;

internal static class PhraseMatch
{
    /// <summary>Documents that hold the terms at the phrase's distances, give or take the slop in all.</summary>
    public static SlotScores Score(TextField field, List<Token> tokens, int slop, TextSearch search)
    {
        var scores = SlotScores.Take();
        var lists = tokens.ConvertAll(token => field.Find(token.Term));
        if (lists.Contains(null))
        {
            return scores;
        }

        var matches = lists[0]!
            .Select(document => (Slot: document.Key, Count: CountIn(document.Key, lists!, tokens, slop)))
            .Where(match => match.Count > 0)
            .ToList();
        var rarity = TextSearch.Rarity(field, matches.Count);
        foreach (var (slot, count) in matches)
        {
            scores.Add(slot, tokens.Count * search.Bm25(field, slot, count, rarity));
        }

        return scores;
    }

    private static int CountIn(int slot, List<Dictionary<int, Occurrences>> lists, List<Token> tokens, int slop)
    {
        var positions = new List<IReadOnlyList<int>>(lists.Count);
        foreach (var list in lists)
        {
            if (!list.TryGetValue(slot, out var own))
            {
                return 0;
            }

            positions.Add(own.Positions);
        }

        return positions[0]
            .Count(start =>
            {
                var moved = 0;
                for (var i = 1; i < positions.Count; i++)
                {
                    var wanted = start + tokens[i].Position - tokens[0].Position;
                    moved += positions[i].Min(position => Math.Abs(position - wanted));
                }

                return moved <= slop;
            });
    }
}
