namespace Serverless.Search;

/// <summary>The number of documents, in total and by value.</summary>
internal sealed record IndexCounts(
    long Images,
    IReadOnlyDictionary<string, long> Formats,
    IReadOnlyDictionary<string, long> Tags,
    IReadOnlyDictionary<string, long> Verdicts
);
