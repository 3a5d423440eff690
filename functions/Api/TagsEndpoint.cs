using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline.Steps;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>What of an image a person may change.</summary>
/// <param name="Tags">All tags that it is to have: at most 32 of at most 64 characters, without commas.</param>
/// <param name="AltText">A sentence to show in the place of the picture, at most 500 characters; empty for none.</param>
/// <param name="Description">What it shows, at most 4,000 characters; empty for none.</param>
internal sealed record ImageChange(IReadOnlyList<string>? Tags = null, string? AltText = null, string? Description = null);

/// <summary>Changes what people say about an image.</summary>
internal static class TagsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPatch("/images/{id}", ChangeAsync)
            .WithName("changeImage")
            .WithSummary(
                "Changes an indexed image: replaces its tags (in its blob's metadata, its record and the index), its alt text and its "
                    + "description. What is left out stays."
            )
            .Accepts<ImageChange>("application/json")
            .Produces<ImageView>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .ProducesProblem(409);

    /// <exception cref="Refusal">Some are no tags, or there are too many.</exception>
    public static IReadOnlyList<string> Checked(IEnumerable<string?> given)
    {
        var tags = given.Select(tag => tag?.Trim() ?? "").Distinct(StringComparer.Ordinal).ToList();
        return tags.Count > BlobLabels.MaxTags
                ? throw Refusal.Invalid($"'tags' has {tags.Count:N0} tags: an image has at most {BlobLabels.MaxTags}.")
            : tags.Find(tag => !BlobLabels.IsTag(tag)) is { } wrong
                ? throw Refusal.Invalid(
                    $"'{QueryValue.Shorten(wrong)}' is no tag: a tag has 1 to {BlobLabels.MaxTagLength} characters, "
                        + "without commas and control characters."
                )
            : tags;
    }

    private static async Task<ImageView> ChangeAsync(
        string id,
        HttpRequest request,
        TagImage tag,
        EditDescription edit,
        ImageLedger ledger,
        CancellationToken cancellation
    )
    {
        var change = await RequestBody.JsonAsync<ImageChange>(request, cancellation);
        var altText = EditedText.Checked(change.AltText, "altText", ImageDescription.MaxAltText);
        var description = EditedText.Checked(change.Description, "description", ImageDescription.MaxText);
        if (altText is null && description is null)
        {
            return await TagAsync(id, change.Tags, tag, ledger, cancellation);
        }

        var tags = change.Tags is null ? null : Checked(change.Tags);
        var record = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
        var view = await ViewAsync(await edit.RunAsync(record.Id, altText, description, cancellation), id, ledger, cancellation);
        return tags is null ? view : await TagAsync(id, tags, tag, ledger, cancellation);
    }

    public static async Task<ImageView> TagAsync(
        string id,
        IReadOnlyList<string>? wanted,
        TagImage tag,
        ImageLedger ledger,
        CancellationToken cancellation
    )
    {
        var tags = Checked(
            wanted ?? throw Refusal.Invalid("Give 'tags' (all that the image is to have, [] for none), 'altText' or 'description'.")
        );
        var record = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
        return await ViewAsync(await tag.RunAsync(record.Id, tags, cancellation), id, ledger, cancellation);
    }

    private static async Task<ImageView> ViewAsync(EditOutcome outcome, string id, ImageLedger ledger, CancellationToken cancellation) =>
        outcome switch
        {
            EditOutcome.Done => ImageView.Of(await ImagesEndpoint.RecordAsync(id, ledger, cancellation))
                ?? throw Refusal.Conflict("The change is made, and the image has changed since."),
            EditOutcome.Unknown => throw Refusal.NotFound("No image with that id is known."),
            _ => throw Refusal.Conflict("Only an indexed image can be changed: this one is being judged, or is not in the collection."),
        };
}
