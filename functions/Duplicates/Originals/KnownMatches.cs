using Serverless.Imaging;

namespace Serverless.Duplicates.Originals;

/// <summary>Caches recent comparisons by the bytes of both files: second looks and retries must not compare again.</summary>
internal sealed class KnownMatches
{
    private const int Most = 10_000;

    private readonly Dictionary<(string, string, Turn), LinkedListNode<((string, string, Turn) Key, OriginalMatch Match)>> known = [];
    private readonly LinkedList<((string, string, Turn) Key, OriginalMatch Match)> order = [];

    /// <summary>The match of <paramref name="a"/>, turned, and <paramref name="b"/>; null if unknown.</summary>
    public OriginalMatch? Find(string a, string b, Turn turn)
    {
        lock (known)
        {
            return Touch((a, b, turn)) ?? (turn == Turn.Upright ? Touch((b, a, turn))?.Swapped() : null);
        }
    }

    public void Note(string a, string b, Turn turn, OriginalMatch match)
    {
        var key = (a, b, turn);
        lock (known)
        {
            if (known.Remove(key, out var older))
            {
                order.Remove(older);
            }

            known.Add(key, order.AddFirst((key, match)));
            if (known.Count > Most)
            {
                known.Remove(order.Last!.Value.Key);
                order.RemoveLast();
            }
        }
    }

    private OriginalMatch? Touch((string, string, Turn) key)
    {
        if (!known.TryGetValue(key, out var node))
        {
            return null;
        }

        order.Remove(node);
        order.AddFirst(node);
        return node.Value.Match;
    }
}
