using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline.Steps;
using Serverless.Storage;

namespace Serverless.Rules;

/// <summary>Gives tags and texts to an image, or takes them away again, as a person does.</summary>
internal sealed class RuleMerge(ImageLedger ledger, TagImage tag, EditImage edit)
{
    public async Task<MoveResult> AddAsync(string id, MergedTexts merged, CancellationToken cancellation)
    {
        if (await ledger.FindAsync(id, cancellation) is not { IsLive: true } record)
        {
            return MoveResult.Not("The image that stays is not live now.");
        }

        var tags = record.Tags.Union(merged.Tags, StringComparer.Ordinal).ToList();
        return tags.Count > BlobLabels.MaxTags
            ? MoveResult.Not($"Together they have more than {BlobLabels.MaxTags} tags.")
            : await WriteAsync(
                record,
                tags,
                Missing(merged.AltText, record.Description?.AltText),
                Missing(merged.Description, record.Description?.Text),
                cancellation
            );
    }

    /// <summary>What a person has changed since stays.</summary>
    public async Task<MoveResult> TakeBackAsync(string id, MergedTexts merged, CancellationToken cancellation) =>
        await ledger.FindAsync(id, cancellation) is { IsLive: true } record
            ? await WriteAsync(
                record,
                [.. record.Tags.Except(merged.Tags, StringComparer.Ordinal)],
                Emptied(merged.AltText, record.Description?.AltText),
                Emptied(merged.Description, record.Description?.Text),
                cancellation
            )
            : MoveResult.Not("The image that got the tags is not live now.");

    private async Task<MoveResult> WriteAsync(
        ImageRecord record,
        List<string> tags,
        string? altText,
        string? description,
        CancellationToken cancellation
    )
    {
        var outcome = tags.SequenceEqual(record.Tags) ? EditOutcome.Done : await tag.RunAsync(record.Id, tags, cancellation);
        if (outcome == EditOutcome.Done && (altText ?? description) is not null)
        {
            outcome = await edit.RunAsync(record.Id, new ImageEdit(altText, description, null), cancellation);
        }

        return outcome == EditOutcome.Done ? MoveResult.Made : MoveResult.Not("Its tags and texts cannot be changed now.");
    }

    private static string? Missing(string? text, string? own) => string.IsNullOrEmpty(own) ? text : null;

    private static string? Emptied(string? text, string? own) => text is not null && own == text ? "" : null;
}
