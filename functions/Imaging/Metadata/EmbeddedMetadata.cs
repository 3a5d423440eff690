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

    /// <summary>In file order, without case-insensitive repetitions.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>One or more names, separated by "; ".</summary>
    public string? Creator { get; init; }

    public string? Copyright { get; init; }

    public TakenTime? Taken { get; init; }

    /// <summary>The manufacturer of the camera.</summary>
    public string? Make { get; init; }

    public string? Model { get; init; }

    public string? Lens { get; init; }

    /// <summary>1 to 5 stars, or -1 for rejected; null if not rated.</summary>
    public int? Rating { get; init; }

    public GeoPosition? Position { get; init; }

    /// <summary>Manufacturer and model; many model names already start with the manufacturer.</summary>
    public string? Camera =>
        Make is null || Model?.StartsWith(Make, StringComparison.OrdinalIgnoreCase) == true ? Model
        : Model is null ? Make
        : $"{Make} {Model}";

    /// <summary>Compares lists by value, unlike records, so two readings of the same file are equal.</summary>
    public bool Equals(EmbeddedMetadata? other) =>
        other is not null && Values.Equals(other.Values) && Keywords.SequenceEqual(other.Keywords);

    public override int GetHashCode() => Values.GetHashCode();

    private (string?, string?, string?, string?, string?, TakenTime?, string?, string?, string?, int?, GeoPosition?) Values =>
        (Title, Description, Headline, Creator, Copyright, Taken, Make, Model, Lens, Rating, Position);
}
