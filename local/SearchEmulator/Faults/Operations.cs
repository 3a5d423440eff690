using SearchEmulator.Http;

namespace SearchEmulator.Faults;

/// <summary>The names by which faults choose requests.</summary>
internal static class Operations
{
    public static readonly IReadOnlyList<string> Names = ["*", "search", "batch", "lookup", "count", "index", "statistics"];

    public static string Of(Resource resource) =>
        resource switch
        {
            Resource.Search or Resource.Documents => "search",
            Resource.Batch => "batch",
            Resource.Document => "lookup",
            Resource.DocumentCount => "count",
            Resource.ServiceStatistics or Resource.IndexStatistics => "statistics",
            _ => "index",
        };
}
