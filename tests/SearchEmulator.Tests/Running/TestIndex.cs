using System.Globalization;
using Azure.Search.Documents.Indexes.Models;

namespace SearchEmulator.Tests.Running;

/// <summary>The index that the product makes, in a size fit for tests.</summary>
public static class TestIndex
{
    public const int Dimensions = 3;

    public static string NewName() => "t-" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);

    public static SearchIndex Images(string name) =>
        new(name)
        {
            Fields =
            {
                new SimpleField("id", SearchFieldDataType.String) { IsKey = true, IsFilterable = true },
                new SimpleField("path", SearchFieldDataType.String) { IsFilterable = true, IsSortable = true },
                new SimpleField("container", SearchFieldDataType.String) { IsFilterable = true },
                new SimpleField("sha256", SearchFieldDataType.String) { IsFilterable = true },
                new SimpleField("width", SearchFieldDataType.Int32)
                {
                    IsFilterable = true,
                    IsSortable = true,
                    IsFacetable = true,
                },
                new SimpleField("bytes", SearchFieldDataType.Int64) { IsFilterable = true, IsSortable = true },
                new SimpleField("uploadedAt", SearchFieldDataType.DateTimeOffset) { IsFilterable = true, IsSortable = true },
                new SimpleField("tags", SearchFieldDataType.Collection(SearchFieldDataType.String))
                {
                    IsFilterable = true,
                    IsFacetable = true,
                },
                new VectorSearchField("vector", Dimensions, "profile"),
            },
            VectorSearch = new VectorSearch
            {
                Profiles = { new VectorSearchProfile("profile", "hnsw") },
                Algorithms =
                {
                    new HnswAlgorithmConfiguration("hnsw")
                    {
                        Parameters = new HnswParameters { Metric = VectorSearchAlgorithmMetric.Cosine },
                    },
                },
            },
        };
}
