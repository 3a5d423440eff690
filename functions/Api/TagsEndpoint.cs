using Serverless.Categories;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline.Steps;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>The editable data of an image.</summary>
/// <param name="Tags">All tags it should have: at most 32 of at most 64 characters, without commas.</param>
/// <param name="AltText">A sentence that replaces the picture, at most 500 characters; empty for none.</param>
/// <param name="Description">A description, at most 4,000 characters; empty for none.</param>
/// <param name="Refused">
/// All labels that the picture does not deserve, at most 64: it does not get them again, whatever model or threshold, nor when the same
/// bytes are uploaded again. [] takes all back.
/// </param>
internal sealed record ImageChange(
    IReadOnlyList<string>? Tags = null,
    string? AltText = null,
    string? Description = null,
    IReadOnlyList<RefusedLabelView?>? Refused = null
);

/// <summary>Changes the editable data of an image.</summary>
internal static class TagsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPatch("/images/{id}", ChangeAsync)
            .WithName("changeImage")
            .WithSummary(
                "Changes an indexed image: replaces its tags (in its blob's metadata, its record and the index), its alt text, its "
                    + "description and the labels that were refused for it. Omitted properties stay unchanged."
            )
            .Accepts<ImageChange>("application/json")
            .Produces<ImageView>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .ProducesProblem(409);

    /// <exception cref="ProblemException">Some are not valid tags, or there are too many.</exception>
    public static IReadOnlyList<string> Checked(IEnumerable<string?> given)
    {
        var tags = given.Select(tag => tag?.Trim() ?? "").Distinct(StringComparer.Ordinal).ToList();
        return tags.Count > BlobLabels.MaxTags
                ? throw ProblemException.Invalid($"'tags' has {tags.Count:N0} tags: an image has at most {BlobLabels.MaxTags}.")
            : tags.Find(tag => !BlobLabels.IsTag(tag)) is { } wrong
                ? throw ProblemException.Invalid(
                    $"'{QueryValue.Shorten(wrong)}' is not a valid tag: a tag has 1 to {BlobLabels.MaxTagLength} characters, "
                        + "without commas or control characters."
                )
            : tags;
    }

    private static async Task<ImageView> ChangeAsync(
        string id,
        HttpRequest request,
        TagImage tag,
        EditImage edit,
        ImageLedger ledger,
        CancellationToken cancellation
    )
    {
        var change = await RequestBody.JsonAsync<ImageChange>(request, cancellation);
        var altText = EditedText.Checked(change.AltText, "altText", ImageDescription.MaxAltText);
        var description = EditedText.Checked(change.Description, "description", ImageDescription.MaxText);
        var changes = new ImageEdit(altText, description, change.Refused is null ? null : RefusedOf(change.Refused));
        if (changes.IsEmpty)
        {
            return await TagAsync(id, change.Tags, tag, ledger, cancellation);
        }

        var tags = change.Tags is null ? null : Checked(change.Tags);
        var record = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
        var view = await ViewAsync(await edit.RunAsync(record.Id, changes, cancellation), id, ledger, cancellation);
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
            wanted
                ?? throw ProblemException.Invalid(
                    "Give 'tags' (all that the image should have, [] for none), 'altText', 'description' or 'refused' (all labels that it "
                        + "should not have)."
                )
        );
        var record = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
        return await ViewAsync(await tag.RunAsync(record.Id, tags, cancellation), id, ledger, cancellation);
    }

    /// <exception cref="ProblemException">One cannot be the name of a label, or there are too many.</exception>
    private static List<RefusedLabel> RefusedOf(IReadOnlyList<RefusedLabelView?> given)
    {
        var labels = given.Select(label => new RefusedLabel(label?.Kind ?? "", label?.Name ?? "")).Distinct().ToList();
        return labels.Count > LabelRefusals.Most
                ? throw ProblemException.Invalid($"'refused' has {labels.Count:N0} labels: at most {LabelRefusals.Most} are remembered.")
            : labels.Find(label => !LabelRefusals.Kinds.Contains(label.Kind)) is { } strange
                ? throw ProblemException.Invalid(
                    $"'refused' has the kind '{QueryValue.Shorten(strange.Kind)}': it must be one of "
                        + $"{string.Join(", ", LabelRefusals.Kinds)}."
                )
            : labels.Find(label => CategoryName.Parse(label.Name) != label.Name) is { } wrong
                ? throw ProblemException.Invalid($"'{QueryValue.Shorten(wrong.Name)}' is not the name of a label.")
            : labels;
    }

    private static async Task<ImageView> ViewAsync(EditOutcome outcome, string id, ImageLedger ledger, CancellationToken cancellation) =>
        outcome switch
        {
            EditOutcome.Done => ImageView.Of(await ImagesEndpoint.RecordAsync(id, ledger, cancellation))
                ?? throw ProblemException.Conflict("The change was made, but the image has changed since."),
            EditOutcome.Unknown => throw ProblemException.NotFound("No image with that id is known."),
            _ => throw ProblemException.Conflict(
                "Only an indexed image can be changed: this one is being judged, or is not in the collection."
            ),
        };
}
