namespace Serverless.Reconcile;

/// <summary>
/// The images compared at once: from an id on, as many as fit into memory. Ids are hashes, so a range is a representative share.
/// </summary>
internal sealed class IdRange(string from, int most)
{
    public string From => from;

    /// <summary>The start of the next range; null if this is the last.</summary>
    public string? To { get; private set; }

    public bool Contains(string id) => string.CompareOrdinal(id, from) >= 0 && (To is null || string.CompareOrdinal(id, To) < 0);

    /// <summary>Adds an item if it is in the range, and halves the range if it overflows.</summary>
    /// <param name="key">An id, optionally followed by a space and more text.</param>
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

    /// <summary>Drops items that are no longer in the range.</summary>
    public void Trim<T>(Dictionary<string, T> items)
    {
        foreach (var id in items.Keys.Where(id => !Contains(id)).ToList())
        {
            items.Remove(id);
        }
    }
}
