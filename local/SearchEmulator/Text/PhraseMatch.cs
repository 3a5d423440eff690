using SearchEmulator.Analysis;

namespace SearchEmulator.Text;

/// <summary>Documents that hold terms at the distances of a phrase, give or take the slop in all.</summary>
internal static class PhraseMatch
{
    public static List<(int Slot, int Count)> Find(TextField field, List<Token> tokens, int slop)
    {
        var lists = new List<Postings>(tokens.Count);
        foreach (var token in tokens)
        {
            if (field.Find(token.Term) is not { } list)
            {
                return [];
            }

            lists.Add(list);
        }

        // The rarest term has the fewest documents to look at.
        var (matches, positions) = (new List<(int Slot, int Count)>(), new IReadOnlyList<int>[lists.Count]);
        foreach (var slot in lists.MinBy(list => list.Count)!.Slots)
        {
            if (HoldsAll(slot, lists, positions) && CountIn(positions, tokens, slop) is > 0 and var count)
            {
                matches.Add((slot, count));
            }
        }

        return matches;
    }

    private static bool HoldsAll(int slot, List<Postings> lists, IReadOnlyList<int>[] positions)
    {
        for (var i = 0; i < lists.Count; i++)
        {
            var index = lists[i].IndexOf(slot);
            if (index < 0)
            {
                return false;
            }

            positions[i] = lists[i].Places[index].Positions;
        }

        return true;
    }

    private static int CountIn(IReadOnlyList<int>[] positions, List<Token> tokens, int slop) =>
        positions[0]
            .Count(start =>
            {
                var moved = 0;
                for (var i = 1; i < positions.Length; i++)
                {
                    var wanted = start + tokens[i].Position - tokens[0].Position;
                    moved += positions[i].Min(position => Math.Abs(position - wanted));
                }

                return moved <= slop;
            });
}
