using System.Text.Json.Serialization;
using Serverless.Labels;

namespace Serverless.Search;

/// <summary>What the model says of the picture: filtered and counted by, never searched by words.</summary>
internal sealed partial class ImageDocument
{
    /// <summary>How the picture was made; null where the model is not sure.</summary>
    [JsonPropertyName("style")]
    public string? Style { get; set; }

    [JsonPropertyName("objects")]
    public IReadOnlyList<string> Objects
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>The team's own.</summary>
    [JsonPropertyName("categories")]
    public IReadOnlyList<string> Categories
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>Of vocabulary, thresholds, model and categories; null in documents that older versions wrote.</summary>
    [JsonPropertyName("labelsVersion")]
    public string? LabelsVersion { get; set; }

    public ImageDocument With(PictureLabels labels, string version)
    {
        Style = labels.Style?.Name;
        Objects = [.. labels.Objects.Select(label => label.Name)];
        Categories = [.. labels.Categories.Select(label => label.Name)];
        LabelsVersion = version;
        return this;
    }
}
