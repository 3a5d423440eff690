using System.Globalization;
using Azure.Search.Documents;
using Microsoft.OpenApi;
using Serverless.Api.Description;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>A page of images. <paramref name="Continuation"/> requests the next one; null at the end.</summary>
internal sealed record BrowseReply(IReadOnlyList<BrowsedImage> Images, string? Continuation);

/// <summary>An indexed image.</summary>
internal sealed record BrowsedImage(
    string Id,
    string Path,
    int Width,
    int Height,
    [property: Choices<ImageFormat>] string Format,
    long Bytes,
    DateTime UploadedAt,
    [property: Choices<Verdict>] string Verdict,
    IReadOnlyList<string> Tags,
    string? Sha256,
    string? Alt = null
);

/// <summary>The indexed images without a query, newest first.</summary>
internal static class BrowseEndpoint
{
    private const int MaxTop = 500;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/browse", GetAsync)
            .WithName("browseImages")
            .WithSummary("Lists the indexed images, newest first, page by page.")
            .Produces<BrowseReply>()
            .ProducesProblem(400)
            .WithQuery([
                QueryParameter.Whole(
                    "top",
                    "Number of images. A prefix that ends inside a name may return fewer and still have a continuation.",
                    1,
                    MaxTop,
                    60
                ),
                ("continuation", JsonSchemaType.String, "From the previous page."),
                .. SearchFilters.Parameters,
            ]);

    private static Task<BrowseReply> GetAsync(HttpRequest request, ImageIndex index, ImageStore store, CancellationToken cancellation) =>
        PageAsync(
            QueryValue.Between(QueryValue.Integer(request.Query, "top") ?? 60, 1, MaxTop, "top"),
            request.Query["continuation"],
            FilterExpression.Of(SearchFilters.Of(request.Query), store.Images),
            index,
            cancellation
        );

    public static async Task<BrowseReply> PageAsync(
        int top,
        string? continuation,
        FilterExpression filter,
        ImageIndex index,
        CancellationToken cancellation
    )
    {
        var from = Position.Parse(continuation);
        var found = await index.ListAsync(from.And(filter.OData), top, from.Skip, cancellation);
        return new BrowseReply(
            [.. found.Where(document => filter.Matches(document.Path)).Select(Image)],
            found.Count == top ? from.After(found).ToString() : null
        );
    }

    private static BrowsedImage Image(ImageDocument document) =>
        new(
            document.Id,
            document.Path,
            document.Width,
            document.Height,
            document.Format,
            document.Bytes,
            document.UploadedAt.UtcDateTime,
            document.Verdict,
            document.Tags,
            document.Sha256,
            document.Alt()
        );

    /// <summary>The start of a page: an offset among the images of that moment, so later uploads shift nothing.</summary>
    private readonly record struct Position(DateTimeOffset? Time, int Skip)
    {
        public static Position Parse(string? text)
        {
            if (string.IsNullOrEmpty(text))
            {
                return default;
            }

            var dash = text.IndexOf('-', StringComparison.Ordinal);
            return
                dash > 0
                && long.TryParse(text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                && ticks <= DateTimeOffset.MaxValue.UtcTicks
                && int.TryParse(text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var skip)
                && skip <= 100_000
                ? new Position(new DateTimeOffset(ticks, TimeSpan.Zero), skip)
                : throw ProblemException.Invalid("'continuation' was not returned by this route: start again without it.");
        }

        public string? And(string? filter)
        {
            var time = Time is { } latest ? SearchFilter.Create($"uploadedAt le {latest}") : null;
            return time is null ? filter
                : filter is null ? time
                : $"{time} and {filter}";
        }

        public Position After(IReadOnlyList<ImageDocument> page)
        {
            var last = page[^1].UploadedAt;
            var same = page.Count(document => document.UploadedAt == last);
            return new Position(last, last == Time ? Skip + same : same);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time!.Value.UtcTicks}-{Skip}");
    }
}
