namespace Functions.Tests.Embeddings;

/// <summary>Learns byte pair merges the plain way: count all pairs, join the most frequent, repeat.</summary>
internal static class PairLearner
{
    public static IReadOnlyList<(string Left, string Right)> Learn(IEnumerable<List<string>> words, int count)
    {
        var pending = words.Where(word => word.Count > 0).Select(word => word.ToList()).ToList();
        var merges = new List<(string Left, string Right)>();
        while (merges.Count < count)
        {
            var pairs = pending.SelectMany(word => word.Zip(word.Skip(1))).GroupBy(pair => pair).ToArray();
            if (pairs.Length == 0)
            {
                break;
            }

            var best = pairs
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key.First, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Second, StringComparer.Ordinal)
                .First()
                .Key;
            merges.Add(best);
            foreach (var word in pending)
            {
                for (var i = 0; i + 1 < word.Count; i++)
                {
                    if (word[i] == best.First && word[i + 1] == best.Second)
                    {
                        word[i] += best.Second;
                        word.RemoveAt(i + 1);
                    }
                }
            }
        }

        return merges;
    }
}
