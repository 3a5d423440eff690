using SearchEmulator.Storage;
using SearchEmulator.Values;

namespace SearchEmulator.Documents;

internal readonly record struct ActionResult(string Key, int Status, string? Error = null)
{
    public bool Succeeded => Status < 300;
}

internal static class BatchExecutor
{
    /// <summary>Actions take effect in order; a later one on the same key sees what the earlier one did.</summary>
    public static (IReadOnlyList<ActionResult> Results, IReadOnlyList<DocumentChange> Changes) Decide(
        DocumentTable table,
        IReadOnlyList<DocumentAction> actions,
        Func<string, ActionResult?>? fault = null
    )
    {
        var results = new List<ActionResult>(actions.Count);
        var changes = new List<DocumentChange>(actions.Count);
        var earlier = new Dictionary<string, object?[]?>(StringComparer.Ordinal);
        foreach (var action in actions)
        {
            if (fault?.Invoke(action.Key) is { } failure)
            {
                results.Add(failure);
                continue;
            }

            var current = Current(table, earlier, action.Key);
            if (action.Kind == ActionKind.Merge && current is null)
            {
                results.Add(new ActionResult(action.Key, StatusCodes.Status404NotFound, "Document not found."));
                continue;
            }

            if (action.Kind == ActionKind.Delete)
            {
                results.Add(new ActionResult(action.Key, StatusCodes.Status200OK));
                if (current is not null)
                {
                    Keep(action.Key, null);
                }

                continue;
            }

            var values =
                action.Kind == ActionKind.Upload || current is null ? action.Values : Merge.Apply(current, action, table.Definition);
            Keep(action.Key, values);
            results.Add(new ActionResult(action.Key, current is null ? StatusCodes.Status201Created : StatusCodes.Status200OK));
        }

        return (results, changes);

        void Keep(string key, object?[]? values)
        {
            earlier[key] = values;
            changes.Add(new DocumentChange(key, values));
        }
    }

    private static object?[]? Current(DocumentTable table, Dictionary<string, object?[]?> earlier, string key)
    {
        if (earlier.TryGetValue(key, out var values))
        {
            return values;
        }

        return table.Find(key) is { } document ? table.Detach(document) : null;
    }
}
