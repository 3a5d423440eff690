using Serverless.Imaging;

namespace Serverless.Duplicates.Originals;

/// <summary>Caches recent comparisons by the bytes of both files: second looks and retries must not compare again.</summary>
internal sealed class KnownMatches
{
    private const int Most = 10_000;

    private readonly Dictionary<
        (string, string, ImageOrientation),
        LinkedListNode<((string, string, ImageOrientation) Key, OriginalMatch Match)>
    > known = [];
    private readonly LinkedList<((string, string, ImageOrientation) Key, OriginalMatch Match)> order = [];

    /// <summary>The match of <paramref name="a"/>, turned, and <paramref name="b"/>; null if unknown.</summary>
    public OriginalMatch? Find(string a, string b, ImageOrientation turn)
    {
        lock (known)
        {
            return Touch((a, b, turn)) ?? (turn == ImageOrientation.Upright ? Touch((b, a, turn))?.Swapped() : null);
        }
    }

    public void Note(string a, string b, ImageOrientation turn, OriginalMatch match)
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

    private OriginalMatch? Touch((string, string, ImageOrientation) key)
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
