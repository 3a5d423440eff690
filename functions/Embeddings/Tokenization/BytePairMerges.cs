namespace Serverless.Embeddings.Tokenization;

internal static class BytePairMerges
{
    /// <summary>The merges: which two tokens join to which, and their rank.</summary>
    public static Dictionary<(int Left, int Right), (int Rank, int Joined)> Index(
        string path,
        Dictionary<string, int> vocabulary,
        string prefix,
        IEnumerable<(string Left, string Right)> merges
    )
    {
        var index = new Dictionary<(int Left, int Right), (int Rank, int Joined)>();
        var rank = 0;
        foreach (var (left, right) in merges)
        {
            var joined = left + (right.StartsWith(prefix, StringComparison.Ordinal) ? right[prefix.Length..] : right);
            if (
                !vocabulary.TryGetValue(left, out var leftId)
                || !vocabulary.TryGetValue(right, out var rightId)
                || !vocabulary.TryGetValue(joined, out var id)
            )
            {
                throw new ModelException(path, $"the merge '{left} {right}' uses a token missing from the vocabulary.");
            }

            index[(leftId, rightId)] = (rank++, id);
        }

        return index;
    }
}
