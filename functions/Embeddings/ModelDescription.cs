using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Embeddings;

/// <summary>
/// What a model's graphs leave open, from <c>description.json</c> beside them. Without that file a graph outputs one vector for each
/// picture or text.
/// </summary>
internal sealed record ModelDescription
{
    public const string FileName = "description.json";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public GraphDescription Vision { get; init; } = new();

    public GraphDescription Text { get; init; } = new();

    /// <summary>The length that vectors are cut to, if the model was trained for that; null if they stay whole.</summary>
    public int? Dimensions { get; init; }

    /// <exception cref="ModelException">The file says something that is not understood.</exception>
    public static ModelDescription Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return new();
        }

        try
        {
            var read = JsonSerializer.Deserialize<ModelDescription>(File.ReadAllBytes(path), Strict);
            return read is { Vision: not null, Text.Prefix: not null, Dimensions: null or > 0 }
                ? read
                : throw new ModelException(path, "it is not a description of a model.");
        }
        catch (JsonException exception)
        {
            throw new ModelException(path, $"not a description of a model: {exception.Message}", exception);
        }
    }
}

/// <summary>One graph of a model.</summary>
internal sealed record GraphDescription
{
    /// <summary>The output that has the vectors; null for the usual names.</summary>
    public string? Output { get; init; }

    /// <summary>How the vectors of patches or tokens become one; null if the graph does that.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<TokenPooling>))]
    public TokenPooling? Pooling { get; init; }

    /// <summary>Whether each vector is shifted and scaled to mean 0 and variance 1 before it is cut.</summary>
    public bool LayerNorm { get; init; }

    /// <summary>Put before every text.</summary>
    public string Prefix { get; init; } = string.Empty;
}

internal enum TokenPooling
{
    /// <summary>The vector of the first token.</summary>
    First,

    /// <summary>The mean of the vectors of all tokens but padding.</summary>
    Mean,
}
