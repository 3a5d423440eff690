using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Rules;

/// <summary>What the winner gets from the loser.</summary>
/// <param name="Tags">Tags that it does not have.</param>
/// <param name="AltText">Null if it has one, or a person has written none for the loser.</param>
/// <param name="Description">The same.</param>
internal sealed record MergedTexts(IReadOnlyList<string> Tags, string? AltText = null, string? Description = null)
{
    /// <summary>Null if there is nothing to merge, or more tags than an image may have.</summary>
    public static MergedTexts? Of(ImageRecord winner, ImageRecord loser)
    {
        var tags = loser.Tags.Except(winner.Tags, StringComparer.Ordinal).ToList();
        var merged = new MergedTexts(
            winner.Tags.Count + tags.Count > BlobLabels.MaxTags ? [] : tags,
            Missing(winner.Description?.AltText, loser.Description is { IsAltTextEdited: true } alt ? alt.AltText : null),
            Missing(winner.Description?.Text, loser.Description is { IsTextEdited: true } text ? text.Text : null)
        );
        return merged is { Tags: [], AltText: null, Description: null } ? null : merged;
    }

    private static string? Missing(string? own, string? other) => string.IsNullOrEmpty(own) && !string.IsNullOrEmpty(other) ? other : null;
}
