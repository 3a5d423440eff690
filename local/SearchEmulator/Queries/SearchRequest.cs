using System.Text.Json.Nodes;

namespace SearchEmulator.Queries;

/// <summary>A search as asked for, in types but not yet checked against an index.</summary>
internal sealed record SearchRequest
{
    public const int DefaultPage = 50;
    public const int MaxPage = 1000;
    public const int MaxSkip = 100_000;

    public string? Search { get; init; }

    public string? Filter { get; init; }

    public string? Select { get; init; }

    public string? OrderBy { get; init; }

    public bool Count { get; init; }

    public int Skip { get; init; }

    public int? Top { get; init; }

    public bool FullSyntax { get; init; }

    public bool AllTerms { get; init; }

    public IReadOnlyList<string> SearchFields { get; init; } = [];

    public IReadOnlyList<string> Facets { get; init; } = [];

    public IReadOnlyList<string> Highlight { get; init; } = [];

    public string HighlightPreTag { get; init; } = "<em>";

    public string HighlightPostTag { get; init; } = "</em>";

    public bool ReportCoverage { get; init; }

    public IReadOnlyList<VectorQuery> VectorQueries { get; init; } = [];

    public bool FilterAfterVectors { get; init; }

    public int MaxTextRecall { get; init; } = 1000;

    /// <summary>The body to send again for the next page; null for a search by GET.</summary>
    public JsonObject? Body { get; init; }

    /// <summary>Text that asks for everything is no arm of a hybrid search: it ranks nothing.</summary>
    public bool HasText => !string.IsNullOrWhiteSpace(Search) && Search.Trim() != "*";
}

internal sealed record VectorQuery(float[] Vector, IReadOnlyList<string> Fields, int K, float Weight, VectorThreshold? Threshold);

/// <summary>A floor for one vector query, as a similarity or as a search score.</summary>
internal sealed record VectorThreshold(bool IsScore, double Value);
