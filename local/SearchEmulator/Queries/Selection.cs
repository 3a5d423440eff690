namespace SearchEmulator.Queries;

internal static class Selection
{
    /// <summary>Sorting everything is wasteful for one page of many matches: keep only what the page can show.</summary>
    public static IReadOnlyList<Hit> Order(IReadOnlyList<Hit> hits, IComparer<Hit>? order, int needed)
    {
        if (order is null)
        {
            return hits;
        }

        if ((long)needed * 8 > hits.Count)
        {
            return [.. hits.Order(order)];
        }

        var worstFirst = Comparer<Hit>.Create((x, y) => order.Compare(y, x));
        var kept = new PriorityQueue<Hit, Hit>(worstFirst);
        foreach (var hit in hits)
        {
            if (kept.Count < needed)
            {
                kept.Enqueue(hit, hit);
            }
            else if (needed > 0)
            {
                kept.EnqueueDequeue(hit, hit);
            }
        }

        return [.. kept.UnorderedItems.Select(item => item.Element).Order(order)];
    }
}
