using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline.Steps;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>What of an image a person may change.</summary>
/// <param name="Tags">All tags that it is to have: at most 32 of at most 64 characters, without commas.</param>
internal sealed record ImageChange(IReadOnlyList<string>? Tags = null);

/// <summary>Changes what people say about an image.</summary>
internal static class TagsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPatch("/images/{id}", ChangeAsync)
            .WithName("ChangeImage")
            .WithSummary("Replaces the tags of an indexed image: in its blob's metadata, in its record and in the index.")
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
        ImageLedger ledger,
        CancellationToken cancellation
    )
    {
        var change = await RequestBody.JsonAsync<ImageChange>(request, cancellation);
        return await TagAsync(id, change.Tags, tag, ledger, cancellation);
    }

    public static async Task<ImageView> TagAsync(
        string id,
        IReadOnlyList<string>? wanted,
        TagImage tag,
        ImageLedger ledger,
        CancellationToken cancellation
    )
    {
        var tags = Checked(wanted ?? throw Refusal.Invalid("Give 'tags': all that the image is to have, [] for none."));
        var record = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
        return await tag.RunAsync(record.Id, tags, cancellation) switch
        {
            EditOutcome.Done => ImageView.Of(await ImagesEndpoint.RecordAsync(id, ledger, cancellation))
                ?? throw Refusal.Conflict("The image has its tags, and has changed since."),
            EditOutcome.Unknown => throw Refusal.NotFound("No image with that id is known."),
            _ => throw Refusal.Conflict("Only an indexed image can be tagged: this one is being judged, or is not in the collection."),
        };
    }
}
