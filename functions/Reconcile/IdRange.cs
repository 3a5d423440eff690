namespace Serverless.Reconcile;

/// <summary>
/// The images that are compared at once: those from an id on, and no more than fit into memory. Ids are hashes, so a range of
/// them is a fair share of all.
/// </summary>
internal sealed class IdRange(string from, int most)
{
    /// <summary>Where the next one begins; null where this is the last.</summary>
    public string? To { get; private set; }

    public bool Contains(string id) => string.CompareOrdinal(id, from) >= 0 && (To is null || string.CompareOrdinal(id, To) < 0);

    /// <summary>Adds what is in the range, and halves the range where it is more than fits.</summary>
    /// <param name="key">An id, or an id and something else after a space.</param>
    public void Add<T>(Dictionary<string, T> items, string key, T item)
    {
        if (!Contains(key))
        {
            return;
        }

        items[key] = item;
        if (items.Count <= most)
        {
            return;
        }

        var middle = items.Keys.Order(StringComparer.Ordinal).ElementAt(items.Count / 2).Split(' ')[0];
        if (middle != from)
        {
            To = middle;
            Trim(items);
        }
    }

    /// <summary>Drops what the range does not hold any more.</summary>
    public void Trim<T>(Dictionary<string, T> items)
    {
        foreach (var id in items.Keys.Where(id => !Contains(id)).ToList())
        {
            items.Remove(id);
        }
    }
}
