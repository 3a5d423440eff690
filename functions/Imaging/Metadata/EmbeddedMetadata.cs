using System.Text.Json.Serialization;

namespace Serverless.Imaging.Metadata;

/// <summary>
/// A file's embedded metadata, sanitised: texts are plain (no control characters, bounded in length), numbers are in range, and invalid or
/// absent values are null.
/// </summary>
internal sealed record EmbeddedMetadata
{
    public static EmbeddedMetadata None { get; } = new();

    public string? Title { get; init; }

    /// <summary>The caption: one or more sentences about the picture.</summary>
    public string? Description { get; init; }

    public string? Headline { get; init; }

    /// <summary>The text of a document, page after page; null for other pictures.</summary>
    public string? Text { get; init; }

    /// <summary>In file order, without case-insensitive repetitions.</summary>
    public IReadOnlyList<string> Keywords
    {
        get;
        init => field = [.. (value ?? []).OfType<string>()];
    } = [];

    /// <summary>One or more names, separated by "; ".</summary>
    public string? Creator { get; init; }

    public string? Copyright { get; init; }

    [JsonIgnore]
    public TakenTime? Taken
    {
        get => TakenAt is { } time ? new TakenTime(time, IsMoment ?? false) : null;
        init => (TakenAt, IsMoment) = (value?.Time, value?.HasOffset);
    }

    /// <summary>The stored form of <see cref="Taken"/>.</summary>
    [JsonPropertyName("taken")]
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Whether <see cref="TakenAt"/> is an absolute time, not local time without an offset.</summary>
    public bool? IsMoment { get; init; }

    /// <summary>The manufacturer of the camera.</summary>
    public string? Make { get; init; }

    public string? Model { get; init; }

    public string? Lens { get; init; }

    /// <summary>1 to 5 stars, or -1 for rejected; null if not rated.</summary>
    public int? Rating { get; init; }

    [JsonIgnore]
    public GeoPosition? Position
    {
        get => GeoPosition.Of(Latitude, Longitude);
        init => (Latitude, Longitude) = (value?.Latitude, value?.Longitude);
    }

    /// <summary>The stored form of <see cref="Position"/>.</summary>
    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    /// <summary>Manufacturer and model; many model names already start with the manufacturer.</summary>
    [JsonIgnore]
    public string? Camera =>
        Make is null || Model?.StartsWith(Make, StringComparison.OrdinalIgnoreCase) == true ? Model
        : Model is null ? Make
        : $"{Make} {Model}";

    /// <summary>Compares lists by value, unlike records, so two readings of the same file are equal.</summary>
    public bool Equals(EmbeddedMetadata? other) =>
        other is not null && Values.Equals(other.Values) && Keywords.SequenceEqual(other.Keywords);

    public override int GetHashCode() => Values.GetHashCode();

    private (string?, string?, string?, string?, string?, string?, TakenTime?, string?, string?, string?, int?, GeoPosition?) Values =>
        (Title, Description, Headline, Text, Creator, Copyright, Taken, Make, Model, Lens, Rating, Position);
}
