namespace Serverless.Search;

/// <summary>How many documents there are, in all and by value.</summary>
internal sealed record IndexCounts(
    long Images,
    IReadOnlyDictionary<string, long> Formats,
    IReadOnlyDictionary<string, long> Tags,
    IReadOnlyDictionary<string, long> Verdicts
);
