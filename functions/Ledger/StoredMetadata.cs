using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Imaging.Metadata;

namespace Serverless.Ledger;

/// <summary>Embedded metadata as one column of a record.</summary>
internal sealed record StoredMetadata
{
    /// <summary>A column holds 32,768 characters.</summary>
    private const int MostCharacters = 30_000;

    /// <summary>Unescaped letters of any script: escaped, they would take six times the space.</summary>
    private static readonly StoredMetadataJson Json = new(
        new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );

    public string? Title { get; init; }

    public string? Description { get; init; }

    public string? Headline { get; init; }

    public IReadOnlyList<string>? Keywords { get; init; }

    public string? Creator { get; init; }

    public string? Copyright { get; init; }

    public DateTimeOffset? Taken { get; init; }

    /// <summary>Whether <see cref="Taken"/> is an absolute time, not local time without an offset.</summary>
    public bool? IsMoment { get; init; }

    public string? Make { get; init; }

    public string? Model { get; init; }

    public string? Lens { get; init; }

    public int? Rating { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    /// <summary>Null if there is nothing to store. If a column cannot hold everything, the longest parts are cut.</summary>
    public static string? ToText(EmbeddedMetadata? metadata)
    {
        if (metadata is null || metadata == EmbeddedMetadata.None)
        {
            return null;
        }

        var stored = Of(metadata);
        var text = Serialize(stored);
        while (text.Length > MostCharacters)
        {
            stored = stored.Cut();
            text = Serialize(stored);
        }

        return text;
    }

    /// <summary>Null if it is empty.</summary>
    /// <exception cref="JsonException">The text is not valid JSON of metadata.</exception>
    public static EmbeddedMetadata? Parse(string text)
    {
        var metadata = JsonSerializer.Deserialize(text, Json.StoredMetadata)?.Restored();
        return metadata == EmbeddedMetadata.None ? null : metadata;
    }

    private static string Serialize(StoredMetadata stored) => JsonSerializer.Serialize(stored, Json.StoredMetadata);

    /// <summary>Halves the keywords, or the longest text.</summary>
    private StoredMetadata Cut()
    {
        if (Keywords is { Count: > 1 } keywords)
        {
            return this with { Keywords = [.. keywords.Take(keywords.Count / 2)] };
        }

        var longest = new[] { Title, Description, Headline, Creator, Copyright }.Max(text => text?.Length ?? 0);
        string? Half(string? text) => text?.Length == longest ? text[..(longest / 2)].TrimEnd() : text;
        return this with
        {
            Title = Half(Title),
            Description = Half(Description),
            Headline = Half(Headline),
            Creator = Half(Creator),
            Copyright = Half(Copyright),
        };
    }

    private static StoredMetadata Of(EmbeddedMetadata metadata) =>
        new()
        {
            Title = metadata.Title,
            Description = metadata.Description,
            Headline = metadata.Headline,
            Keywords = metadata.Keywords.Count > 0 ? metadata.Keywords : null,
            Creator = metadata.Creator,
            Copyright = metadata.Copyright,
            Taken = metadata.Taken?.Time,
            IsMoment = metadata.Taken?.HasOffset,
            Make = metadata.Make,
            Model = metadata.Model,
            Lens = metadata.Lens,
            Rating = metadata.Rating,
            Latitude = metadata.Position?.Latitude,
            Longitude = metadata.Position?.Longitude,
        };

    private EmbeddedMetadata Restored() =>
        new()
        {
            Title = Title,
            Description = Description,
            Headline = Headline,
            Keywords = [.. (Keywords ?? []).OfType<string>()],
            Creator = Creator,
            Copyright = Copyright,
            Taken = Taken is { } time ? new TakenTime(time, IsMoment ?? false) : null,
            Make = Make,
            Model = Model,
            Lens = Lens,
            Rating = Rating,
            Position = GeoPosition.Of(Latitude, Longitude),
        };
}

[JsonSerializable(typeof(StoredMetadata))]
internal sealed partial class StoredMetadataJson : JsonSerializerContext;
