using System.Text.Json.Serialization;
using Serverless.Images;

namespace Serverless.Review;

/// <summary>The outcome for an image that should not be in quarantine.</summary>
internal enum ReviewOutcome
{
    /// <summary>It was only listed.</summary>
    Listed,
    Restored,

    /// <summary>Another image has taken its path; it stays in quarantine.</summary>
    PathTaken,

    /// <summary>Its blob is no longer in the quarantine container, or has other bytes.</summary>
    Missing,

    /// <summary>It left the quarantine during the review.</summary>
    Gone,
}

/// <summary>A quarantined image that the current rules would not move there.</summary>
/// <param name="Path">Its upload path.</param>
/// <param name="DuplicateOf">The path of its supposed original.</param>
/// <param name="Verdict">The current verdict.</param>
/// <param name="Evidence">The reasons.</param>
internal sealed record ReviewedImage(
    string Id,
    string Path,
    string? DuplicateOf,
    Verdict Verdict,
    Evidence Evidence,
    ReviewOutcome Outcome
);

/// <summary>The progress of a review.</summary>
/// <param name="Restore">Whether findings are put back.</param>
/// <param name="After">The list key to continue after; null at the start.</param>
/// <param name="Judged">Number of images judged.</param>
/// <param name="Stay">Of those, the ones that belong in quarantine.</param>
/// <param name="Unjudged">Images that cannot be judged now; they stay.</param>
/// <param name="Found">Images that should not be there.</param>
/// <param name="Restored">Of those, the ones put back.</param>
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
