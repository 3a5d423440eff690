using Microsoft.OpenApi;
using Serverless.Access;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>Where the verdict of an upload will be. <paramref name="Version"/> tells this upload from others at the same path.</summary>
internal sealed record UploadReply(string Id, string Path, long Bytes, string Version, string Record);

internal sealed record LookupRequest(IReadOnlyList<string>? Paths = null);

internal sealed record LookupReply(IReadOnlyList<LookedUpImage> Images);

/// <summary>
/// <paramref name="Status"/> is <c>unknown</c>, <c>processing</c>, or that of the record, which is then there too.
/// <paramref name="Version"/> is the version of the blob that it is about.
/// </summary>
internal sealed record LookedUpImage(string Path, string Id, string Status, string? Version, ImageView? Image);

/// <summary>Uploads for those who cannot reach the storage account themselves, such as the page, and what became of them.</summary>
internal static class UploadEndpoint
{
    private const int MaxPaths = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/images", UploadAsync)
            .WithName("Upload")
            .WithSummary("Stores the body as a blob of the images container; the verdict follows as for any other upload.")
            .WorksOnPictures()
            .Accepts<byte[]>("application/octet-stream", "image/jpeg", "image/png", "image/webp")
            .Produces<UploadReply>(202)
            .ProducesProblem(400)
            .ProducesProblem(409)
            .ProducesProblem(413)
            .WithQuery(
                ("path", JsonSchemaType.String, "Where to store it, such as holiday/dune.jpg; the container may be left out."),
                ("overwrite", JsonSchemaType.Boolean, "True replaces a blob that is there."),
                ("tags", JsonSchemaType.String, "Its tags, separated by commas.")
            );
        routes
            .MapPost("/images/lookup", LookupAsync)
            .Needs(Role.Search)
            .WithName("Lookup")
            .WithSummary("What became of up to 100 paths, also of those not yet judged.")
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
            ?? throw Refusal.Conflict($"Something is at '{path}' already. Choose another path, or say overwrite=true to replace it.");
        var record = $"/api/images/{path.Id}";
        return Results.Accepted(record, new UploadReply(path.Id, path.ToString(), written.Bytes, written.Version, record));
    }

    private static async Task<LookupReply> LookupAsync(HttpRequest request, ImageLedger ledger, CancellationToken cancellation)
    {
        var paths = (await RequestBody.JsonAsync<LookupRequest>(request, cancellation)).Paths ?? [];
        if (paths.Count is 0 or > MaxPaths)
        {
            throw Refusal.Invalid($"'paths' has {paths.Count} entries: it must have from 1 to {MaxPaths}.");
        }

        var parsed = paths.Select(path =>
            ImagePath.TryParse(path)
            ?? throw Refusal.Invalid("Each of 'paths' must be images/NAME, the container and the name of the blob.")
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
