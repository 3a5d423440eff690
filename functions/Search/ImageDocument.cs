using System.Text.Json.Serialization;
using Azure.Search.Documents.Indexes.Models;
using Serverless.Embeddings;
using Serverless.Ledger;

namespace Serverless.Search;

/// <summary>An indexed image as the search service stores it.</summary>
internal sealed class ImageDocument
{
    public const string EmbeddingField = "embedding";
    public const string InstanceField = "instance";

    /// <summary>What answers need; vectors stay in the service.</summary>
    public static readonly string[] Shown = ["id", "path", "sha256", "format", "width", "height", "bytes", "uploadedAt", "verdict", "tags"];

    [JsonPropertyName("id")]
    public string Id { get; set; } = "";

    [JsonPropertyName("path")]
    public string Path { get; set; } = "";

    /// <summary>Every folder above the image, such as <c>images/</c> and <c>images/holiday/</c>: the service compares strings for equality only.</summary>
    [JsonPropertyName("folders")]
    public IReadOnlyList<string> Folders { get; set; } = [];

    [JsonPropertyName("sha256")]
    public string? Sha256 { get; set; }

    [JsonPropertyName("format")]
    public string Format { get; set; } = "";

    [JsonPropertyName("width")]
    public int Width { get; set; }

    [JsonPropertyName("height")]
    public int Height { get; set; }

    [JsonPropertyName("bytes")]
    public long Bytes { get; set; }

    [JsonPropertyName("uploadedAt")]
    public DateTimeOffset UploadedAt { get; set; }

    [JsonPropertyName("verdict")]
    public string Verdict { get; set; } = "";

    [JsonPropertyName("tags")]
    public IReadOnlyList<string> Tags { get; set; } = [];

    [JsonPropertyName(EmbeddingField)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float[]? Embedding { get; set; }

    [JsonPropertyName(InstanceField)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float[]? Instance { get; set; }

    public static ImageDocument Of(ImageRecord record) => new()
    {
        Id = record.Id,
        Path = record.Path.ToString(),
        Folders = FoldersOf(record.Path.ToString()),
        Sha256 = record.Sha256,
        Format = Names.Of(record.Format!.Value),
        Width = record.Width,
        Height = record.Height,
        Bytes = record.Bytes,
        UploadedAt = record.UploadedAt,
        Verdict = Names.Of(record.Verdict!.Value),
        Tags = record.Tags,
        Embedding = record.Embedding.ToArray(),
        Instance = record.Instance.IsEmpty ? null : record.Instance.ToArray(),
    };

    /// <summary>The definition of the index. The profile's name records the model, so that the index says what its vectors are.</summary>
    public static SearchIndex Definition(string name, EmbeddingModel model)
    {
        var profile = ProfileOf(model);
        var index = new SearchIndex(name)
        {
            Fields =
            {
                new SimpleField("id", SearchFieldDataType.String) { IsKey = true, IsFilterable = true },
                new SimpleField("path", SearchFieldDataType.String) { IsFilterable = true, IsSortable = true },
                new SimpleField("folders", SearchFieldDataType.Collection(SearchFieldDataType.String)) { IsFilterable = true },
                new SimpleField("sha256", SearchFieldDataType.String) { IsFilterable = true },
                new SimpleField("format", SearchFieldDataType.String) { IsFilterable = true, IsFacetable = true },
                new SimpleField("width", SearchFieldDataType.Int32) { IsFilterable = true, IsSortable = true },
                new SimpleField("height", SearchFieldDataType.Int32) { IsFilterable = true, IsSortable = true },
                new SimpleField("bytes", SearchFieldDataType.Int64) { IsFilterable = true, IsSortable = true },
                new SimpleField("uploadedAt", SearchFieldDataType.DateTimeOffset) { IsFilterable = true, IsSortable = true },
                new SimpleField("verdict", SearchFieldDataType.String) { IsFilterable = true, IsFacetable = true },
                new SimpleField("tags", SearchFieldDataType.Collection(SearchFieldDataType.String)) { IsFilterable = true, IsFacetable = true },
                new VectorSearchField(EmbeddingField, model.Dimensions, profile),
            },
            VectorSearch = new VectorSearch
            {
                Algorithms =
                {
                    new HnswAlgorithmConfiguration("hnsw") { Parameters = new HnswParameters { Metric = VectorSearchAlgorithmMetric.Cosine } },
                },
                Profiles = { new VectorSearchProfile(profile, "hnsw") },
            },
        };
        if (model.InstanceDimensions is { } dimensions)
        {
            index.Fields.Add(new VectorSearchField(InstanceField, dimensions, profile));
        }

        return index;
    }

    private static List<string> FoldersOf(string path)
    {
        var folders = new List<string>();
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            folders.Add(path[..(slash + 1)]);
        }

        return folders;
    }

    /// <summary>Model name and the start of its revision, in the characters that a profile's name may have.</summary>
    public static string ProfileOf(EmbeddingModel model)
    {
        var name = new string([.. model.Name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]).Trim('-');
        return $"{name[..Math.Min(name.Length, 100)]}-{model.Revision[..Math.Min(model.Revision.Length, 12)]}";
    }
}
