using System.Diagnostics;
using Azure.Search.Documents;
using Microsoft.OpenApi;
using Serverless.Api.Description;
using Serverless.Categories;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>Images' records, and similar images.</summary>
internal static class ImagesEndpoint
{
    private const int MaxTop = 1000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/images", FindByPathAsync)
            .WithName("getImageByPath")
            .WithSummary("Gets the record of the image uploaded at a path.")
            .Produces<ImageView>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .WithQuery(
                (
                    "path",
                    JsonSchemaType.String,
                    "The upload path, such as holiday/dune.jpg, or of a page plan.pdf#page=3 (# as %23); the container may be left out."
                )
            );
        routes
            .MapGet("/images/{id}", FindByIdAsync)
            .WithName("getImage")
            .WithSummary("Gets the record of an image.")
            .Produces<ImageView>()
            .ProducesProblem(404)
            .ProducesProblem(409);
        routes
            .MapGet("/images/{id}/similar", SimilarAsync)
            .WithName("findSimilar")
            .WithSummary("Finds the images most similar to a stored one.")
            .Produces<SearchReply>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .WithQuery(QueryParameter.Whole("top", "Results wanted.", 1, MaxTop, 10));
    }

    public static async Task<ImageRecord> RecordAsync(string id, ImageLedger ledger, CancellationToken cancellation) =>
        Readable((ImagePath.IsId(id) ? await ledger.FindAsync(id, cancellation) : null) ?? throw Unknown());

    /// <summary>The same, also of a page of a sheet.</summary>
    public static async Task<ImageRecord> RecordAsync(string id, ImageRecords records, CancellationToken cancellation) =>
        Readable(await records.FindAsync(id, cancellation) ?? throw Unknown());

    public static async Task<ImageRecord> RecordAsync(ImagePath path, ImageRecords records, CancellationToken cancellation) =>
        Readable(await records.FindAsync(path, cancellation) ?? throw Unknown());

    private static ProblemException Unknown() =>
        ProblemException.NotFound("No image with that id is known. Ids have 32 hexadecimal digits.");

    private static ImageRecord Readable(ImageRecord record) =>
        record.State != ImageState.Unreadable
            ? record
            : throw ProblemException.Conflict(
                $"The image's record cannot be read. {record.Fault} POST /api/reconcile judges the image again, or rebuilds its "
                    + "record from the receipt in quarantine."
            );

    private static async Task<IResult> FindByPathAsync(
        HttpContext context,
        ImageStore store,
        ImageRecords records,
        Tagger tagger,
        TaggedJson json,
        CancellationToken cancellation
    ) =>
        UploadPath.Find(context.Request.Query["path"], store.Images) is { } path
            ? json.Of(context, await ViewAsync(await records.FindAsync(path, cancellation), tagger, cancellation))
            : throw ProblemException.Invalid("Give ?path=folder/name.jpg, where the image was uploaded.");

    private static async Task<IResult> FindByIdAsync(
        string id,
        HttpContext context,
        ImageRecords records,
        Tagger tagger,
        TaggedJson json,
        CancellationToken cancellation
    ) => json.Of(context, await ViewAsync(await records.FindAsync(id, cancellation), tagger, cancellation));

    private static async Task<ImageView> ViewAsync(ImageRecord? record, Tagger tagger, CancellationToken cancellation)
    {
        if (record is not null && ImageView.Of(Readable(record)) is { } view)
        {
            return await view.WithLabelsAsync(record, tagger, cancellation);
        }

        throw ProblemException.NotFound(
            record is null or { State: ImageState.Removed }
                ? "There is no image at this path, or it has not been seen yet."
                : "The image is being processed; try again in a moment."
        );
    }

    private static async Task<SearchReply> SimilarAsync(
        string id,
        HttpRequest request,
        QueryVectors vectors,
        SheetSearch sheets,
        EmbeddingModel model,
        CancellationToken cancellation
    )
    {
        var started = Stopwatch.GetTimestamp();
        var top = QueryValue.Between(QueryValue.Integer(request.Query, "top") ?? 10, 1, MaxTop, "top");
        var record = await vectors.StoredAsync(id, cancellation);
        var image = (record.Page?.Sheet ?? record).Id;
        var others = record.Page is { } page
            ? SearchFilter.Create($"not (sheet eq {image} and page eq {page.Number})")
            : SearchFilter.Create($"sheet ne {image}");
        var filter = new SheetFilter(SearchFilter.Create($"id ne {image}"), others, IsGrouped: true);
        var nearest = await sheets.NearestAsync(new SearchForms([record.Embedding], [], LinesOnly: false), top, filter, cancellation);
        var found = await sheets.CompleteAsync([.. nearest.Take(top).Select(FusedHit.Of)], cancellation);
        return new SearchReply(
            [.. found.Select(hit => SearchResult.Of(hit, top))],
            model.Name,
            Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1),
            SearchMode.Vector
        );
    }
}
