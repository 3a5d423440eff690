using System.Text.Json.Serialization;
using Serverless.Images;

namespace Serverless.Review;

/// <summary>What became of an image that should not be in quarantine.</summary>
internal enum ReviewOutcome
{
    /// <summary>It was only listed.</summary>
    Listed,
    Restored,

    /// <summary>Another image is at its path by now; it stays in quarantine.</summary>
    PathTaken,

    /// <summary>Its blob is no longer in the quarantine container, or not with these bytes.</summary>
    Missing,

    /// <summary>It was taken out of quarantine while the review ran.</summary>
    Gone,
}

/// <summary>An image in quarantine that the rules in force would not move there.</summary>
/// <param name="Path">Where it was uploaded.</param>
/// <param name="DuplicateOf">The path of what it was taken for a duplicate of.</param>
/// <param name="Verdict">The verdict now.</param>
/// <param name="Evidence">Why.</param>
internal sealed record ReviewedImage(
    string Id,
    string Path,
    string? DuplicateOf,
    Verdict Verdict,
    Evidence Evidence,
    ReviewOutcome Outcome
);

/// <summary>How far a review is.</summary>
/// <param name="Restore">Whether what is found is put back.</param>
/// <param name="After">The key of the list after which it goes on; null at the start.</param>
/// <param name="Judged">Images looked at.</param>
/// <param name="Stay">Those that are rightly in quarantine.</param>
/// <param name="Unjudged">Those that cannot be judged now; they stay.</param>
/// <param name="Found">Those that should not be there.</param>
/// <param name="Restored">Of those, the ones that were put back.</param>
internal sealed record ReviewState(
    bool Restore,
    string? After = null,
    int Judged = 0,
    int Stay = 0,
    int Unjudged = 0,
    int Found = 0,
    int Restored = 0
);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ReviewState))]
[JsonSerializable(typeof(ReviewedImage))]
internal sealed partial class ReviewJson : JsonSerializerContext;
