using Microsoft.OpenApi;
using Serverless.Access;
using Serverless.Api.Description;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>Where to find an upload's verdict.</summary>
/// <param name="Version">Distinguishes this upload from others at the same path.</param>
/// <param name="Record">The URL of its record.</param>
internal sealed record UploadReply(string Id, string Path, long Bytes, string Version, string Record);

/// <param name="Paths">1 to 100 of them; the container may be left out.</param>
internal sealed record LookupRequest(IReadOnlyList<string>? Paths = null);

/// <param name="Images">In the order of the paths.</param>
internal sealed record LookupReply(IReadOnlyList<LookedUpImage> Images);

/// <summary>The state of a path.</summary>
/// <param name="Status">Unknown, processing, or the record's status.</param>
/// <param name="Version">The blob version.</param>
/// <param name="Image">Its record; null while there is none.</param>
internal sealed record LookedUpImage(
    string Path,
    string Id,
    [property: Choices("unknown", "processing", "indexed", "quarantined", "rejected", "waiting")] string Status,
    string? Version,
    ImageView? Image
);

/// <summary>Uploads for clients without access to the storage account, such as the page, and their verdicts.</summary>
internal static class UploadEndpoint
{
    private const int MaxPaths = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/images", UploadAsync)
            .WithName("uploadImage")
            .WithSummary("Stores the body as a blob in the images container; the verdict follows as for any upload.")
            .WorksOnPictures()
            .Takes<byte[]>(["application/octet-stream", "image/*", "application/pdf"])
            .Produces<UploadReply>(202)
            .ProducesProblem(400)
            .ProducesProblem(409)
            .ProducesProblem(413)
            .WithQuery(
                ("path", JsonSchemaType.String, "The path to store it at, such as holiday/dune.jpg; the container may be left out."),
                QueryParameter.Flag("overwrite", "Whether to replace an existing blob."),
                QueryParameter.List("tags", "Its tags, separated by commas.", BlobLabels.MaxTags)
            );
        routes
            .MapPost("/images/lookup", LookupAsync)
            .Needs(Role.Search)
            .WithName("lookUpImages")
            .WithSummary("Gets the state of up to 100 paths, including images not judged yet.")
            .Accepts<LookupRequest>("application/json")
            .Produces<LookupReply>()
            .ProducesProblem(400);
    }

    private static async Task<IResult> UploadAsync(HttpRequest request, RequestBody body, ImageStore store, CancellationToken cancellation)
    {
        var path = UploadPath.Parse(request.Query["path"], store.Images);
        var overwrite = QueryValue.Flag(request.Query, "overwrite");
        var tags = TagsEndpoint.Checked(SearchFilters.List(request.Query, "tags"));
        var bytes = await body.BytesAsync(request, cancellation);
        var written =
            await store.TryUploadAsync(path, bytes, (overwrite, tags), cancellation)
            ?? throw ProblemException.Conflict($"'{path}' already exists. Choose another path, or set overwrite=true to replace it.");
        var record = $"/api/images/{path.Id}";
        return Results.Accepted(record, new UploadReply(path.Id, path.ToString(), written.Bytes, written.Version, record));
    }

    private static async Task<LookupReply> LookupAsync(
        HttpRequest request,
        ImageStore store,
        ImageLedger ledger,
        CancellationToken cancellation
    )
    {
        var paths = (await RequestBody.JsonAsync<LookupRequest>(request, cancellation)).Paths ?? [];
        if (paths.Count is 0 or > MaxPaths)
        {
            throw ProblemException.Invalid($"'paths' has {paths.Count} entries: it must have 1 to {MaxPaths}.");
        }

        var parsed = paths.Select(path =>
            UploadPath.Find(path, store.Images)
            ?? throw ProblemException.Invalid("Each of 'paths' must be folder/name.jpg, where the image was uploaded.")
        );
        return new LookupReply(await Task.WhenAll(parsed.Select(path => LookAsync(path, ledger, cancellation))));
    }

    private static async Task<LookedUpImage> LookAsync(ImagePath path, ImageLedger ledger, CancellationToken cancellation)
    {
        var record = await ledger.FindAsync(path.Id, cancellation);
        var view = record is null ? null : ImageView.Of(record);
        var status = view?.Status ?? (record is null or { State: ImageState.Removed } ? "unknown" : "processing");
        return new LookedUpImage(path.ToString(), path.Id, status, record?.BlobETag, view);
    }
}
