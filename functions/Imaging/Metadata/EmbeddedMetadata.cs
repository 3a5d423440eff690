namespace Serverless.Imaging.Metadata;

/// <summary>
/// What a file says about its picture. It comes from outside: texts are plain (no control characters, bounded in length), numbers are in
/// their range, and what was wrong or absent is null.
/// </summary>
internal sealed record EmbeddedMetadata
{
    public static EmbeddedMetadata None { get; } = new();

    public string? Title { get; init; }

    /// <summary>The caption: one or more sentences on what is to be seen.</summary>
    public string? Description { get; init; }

    public string? Headline { get; init; }

    /// <summary>In their order, each once whatever its case.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>One or more names, separated by "; ".</summary>
    public string? Creator { get; init; }

    public string? Copyright { get; init; }

    public TakenTime? Taken { get; init; }

    /// <summary>The manufacturer of the camera.</summary>
    public string? Make { get; init; }

    public string? Model { get; init; }

    public string? Lens { get; init; }

    /// <summary>1 to 5 stars, or -1 for rejected; null where it is not rated.</summary>
    public int? Rating { get; init; }

    public GeoPosition? Position { get; init; }

    /// <summary>Manufacturer and model; many models begin with the name of their manufacturer.</summary>
    public string? Camera =>
        Make is null || Model?.StartsWith(Make, StringComparison.OrdinalIgnoreCase) == true ? Model
        : Model is null ? Make
        : $"{Make} {Model}";

    /// <summary>Records compare lists by reference; two readings of the same file are equal.</summary>
    public bool Equals(EmbeddedMetadata? other) =>
        other is not null && Values.Equals(other.Values) && Keywords.SequenceEqual(other.Keywords);

    public override int GetHashCode() => Values.GetHashCode();

    private (string?, string?, string?, string?, string?, TakenTime?, string?, string?, string?, int?, GeoPosition?) Values =>
        (Title, Description, Headline, Creator, Copyright, Taken, Make, Model, Lens, Rating, Position);
}
