using Azure.Search.Documents;
using Azure.Search.Documents.Models;

namespace Serverless.Search;

/// <summary>Requests by one vector.</summary>
internal static class VectorQueries
{
    public static Azure.Search.Documents.SearchOptions Of(
        ReadOnlyMemory<float> vector,
        string field,
        int count,
        string? filter,
        bool isExhaustive
    ) =>
        new()
        {
            Size = count,
            Filter = filter,
            VectorSearch = new VectorSearchOptions
            {
                FilterMode = VectorFilterMode.PreFilter,
                Queries =
                {
                    new VectorizedQuery(vector)
                    {
                        KNearestNeighborsCount = count,
                        Fields = { field },
                        Exhaustive = isExhaustive,
                    },
                },
            },
        };

    /// <summary>The service reports 1 / (1 + (1 - cosine)).</summary>
    public static double CosineOf(double? score) => Math.Clamp(2 - (1 / score!.Value), -1, 1);
}
