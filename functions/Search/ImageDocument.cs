using System.Text.Json.Serialization;
using Serverless.Images;

namespace Serverless.Search;

/// <summary>The search document of an image.</summary>
internal sealed partial class ImageDocument
{
    public const string EmbeddingField = "embedding";
    public const string CopyDescriptorField = "instance";

    /// <summary>How documents of earlier versions have WebP.</summary>
    public const string EarlierWebp = "webP";

    /// <summary>What a stored format is called now.</summary>
    public static string FormatOf(string? stored) => stored == EarlierWebp ? "webp" : stored ?? "";

    /// <summary>The fields that answers need; vectors stay in the service.</summary>
    public static readonly string[] Shown = ["id", "path", "sha256", "format", "width", "height", "bytes", "uploadedAt", "verdict", "tags"];

    [JsonPropertyName("id")]
    public string Id { get; set; } = "";

    [JsonPropertyName("path")]
    public string Path
    {
        get;
        set => field = value ?? "";
    } = "";

    /// <summary>
    /// Every folder above the image, such as <c>images/</c> and <c>images/holiday/</c>: the service can only compare strings for equality.
    /// </summary>
    [JsonPropertyName("folders")]
    public IReadOnlyList<string> Folders { get; set; } = [];

    [JsonPropertyName("sha256")]
    public string? Sha256 { get; set; }

    [JsonPropertyName("format")]
    public string Format
    {
        get;
        set => field = FormatOf(value);
    } = "";

    [JsonPropertyName("width")]
    [JsonConverter(typeof(NullAsDefault<int>))]
    public int Width { get; set; }

    [JsonPropertyName("height")]
    [JsonConverter(typeof(NullAsDefault<int>))]
    public int Height { get; set; }

    [JsonPropertyName("bytes")]
    [JsonConverter(typeof(NullAsDefault<long>))]
    public long Bytes { get; set; }

    [JsonPropertyName("uploadedAt")]
    [JsonConverter(typeof(NullAsDefault<DateTimeOffset>))]
    public DateTimeOffset UploadedAt { get; set; }

    [JsonPropertyName("verdict")]
    public string Verdict
    {
        get;
        set => field = value ?? "";
    } = "";

    [JsonPropertyName("tags")]
    public IReadOnlyList<string> Tags
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>Name of the model that made the vectors.</summary>
    [JsonPropertyName("model")]
    public string Model
    {
        get;
        set => field = value ?? "";
    } = "";

    /// <summary>Hash of that model's files.</summary>
    [JsonPropertyName("modelRevision")]
    public string ModelRevision
    {
        get;
        set => field = value ?? "";
    } = "";

    [JsonPropertyName(EmbeddingField)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float[]? Embedding { get; set; }

    [JsonPropertyName(CopyDescriptorField)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float[]? CopyDescriptor { get; set; }

    public static ImageDocument Of(ImageRecord record) =>
        new ImageDocument
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
            Model = record.Model!,
            ModelRevision = record.ModelRevision!,
            Embedding = record.Embedding.ToArray(),
            CopyDescriptor = record.CopyDescriptor.IsEmpty ? null : record.CopyDescriptor.ToArray(),
        }
            .WithWords(record)
            .WithFeatures(record);

    private static List<string> FoldersOf(string path)
    {
        var folders = new List<string>();
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            folders.Add(path[..(slash + 1)]);
        }

        return folders;
    }
}
