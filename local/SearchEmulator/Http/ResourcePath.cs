using Microsoft.AspNetCore.Http.Features;

namespace SearchEmulator.Http;

internal enum Resource
{
    Unknown,
    ServiceStatistics,
    Indexes,
    Index,
    IndexStatistics,
    Analyze,
    Documents,
    Document,
    DocumentCount,
    Batch,
    Search,
    Suggest,
    Autocomplete,
    Unsupported,
    Faults,
    Export,
}

/// <summary>What a URL names, in either spelling: <c>/indexes('n')/docs('k')</c> or <c>/indexes/n/docs/k</c>.</summary>
internal sealed record ResourcePath(Resource Resource, string Index = "", string Key = "")
{
    private static readonly ResourcePath Nothing = new(Resource.Unknown);

    public static ResourcePath Of(HttpContext context) =>
        Parse(context.Features.Get<IHttpRequestFeature>()!.RawTarget, context.Request.Method);

    /// <summary>Works on the target as it was sent: a key may hold an encoded slash, and decoding first would split it.</summary>
    public static ResourcePath Parse(string rawTarget, string method)
    {
        var query = rawTarget.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? rawTarget : rawTarget[..query];
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(ReadSegment).ToList();
        if (segments.Count == 0)
        {
            return Nothing;
        }

        var (root, name) = segments[0];
        switch (root.ToLowerInvariant())
        {
            case "servicestats":
                return segments.Count == 1 ? new(Resource.ServiceStatistics) : Nothing;
            case "indexes":
                break;
            case "emulator" when segments.Count == 2:
                return segments[1].Name switch
                {
                    "faults" => new(Resource.Faults),
                    "export" => new(Resource.Export),
                    _ => Nothing,
                };
            case "indexers"
            or "datasources"
            or "skillsets"
            or "synonymmaps"
            or "aliases"
            or "knowledgebases"
            or "knowledgesources"
            or "agents":
                return new(Resource.Unsupported, Key: root);
            default:
                return Nothing;
        }

        segments.RemoveAt(0);
        if (name is null && segments.Count > 0)
        {
            name = segments[0].Name;
            segments.RemoveAt(0);
        }

        return name is null ? new(Resource.Indexes) : WithinIndex(name, segments, method);
    }

    private static ResourcePath WithinIndex(string index, List<(string Name, string? Literal)> rest, string method)
    {
        if (rest.Count == 0)
        {
            return new(Resource.Index, index);
        }

        var (part, key) = rest[0];
        if (part != "docs")
        {
            return (part, rest.Count) switch
            {
                ("search.stats" or "stats", 1) => new(Resource.IndexStatistics, index),
                ("search.analyze" or "analyze", 1) => new(Resource.Analyze, index),
                _ => Nothing,
            };
        }

        if (key is not null)
        {
            return rest.Count == 1 ? new(Resource.Document, index, key) : Nothing;
        }

        return rest.Count switch
        {
            1 => new(Resource.Documents, index),
            2 => WithinDocuments(index, rest[1].Name, method),
            _ => Nothing,
        };
    }

    private static ResourcePath WithinDocuments(string index, string name, string method) =>
        (name, method) switch
        {
            ("$count", _) => new(Resource.DocumentCount, index),
            ("search.index" or "index", "POST") => new(Resource.Batch, index),
            ("search.post.search" or "search", "POST") => new(Resource.Search, index),
            ("search.post.suggest", _) or ("suggest", "POST") or ("search.suggest", "GET") => new(Resource.Suggest, index),
            ("search.post.autocomplete", _) or ("autocomplete", "POST") or ("search.autocomplete", "GET") => new(
                Resource.Autocomplete,
                index
            ),
            _ => new(Resource.Document, index, name),
        };

    private static (string Name, string? Literal) ReadSegment(string raw)
    {
        var text = Uri.UnescapeDataString(raw);
        var open = text.IndexOf("('", StringComparison.Ordinal);
        return open > 0 && text.EndsWith("')", StringComparison.Ordinal) && text.Length >= open + 4
            ? (text[..open], text[(open + 2)..^2].Replace("''", "'", StringComparison.Ordinal))
            : (text, null);
    }
}
