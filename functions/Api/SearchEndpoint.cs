using System.Diagnostics;
using Microsoft.Extensions.AI;
using Microsoft.OpenApi;
using Serverless.Access;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>Search by words, by picture, by a stored image, or by a mix of them.</summary>
internal sealed class SearchEndpoint(
    IEmbeddingGenerator<string, Embedding<float>> texts,
    IEmbeddingGenerator<CheckedImage, ImageEmbedding> images,
    RequestBody body,
    ImageLedger ledger,
    ImageIndex index,
    ImageStore store,
    EmbeddingModel model
)
{
    private const int MaxTop = 1000;
    private const int MaxText = 1000;

    /// <summary>The parameters that <see cref="FilterOf"/> reads.</summary>
    public static readonly (string Name, JsonSchemaType Type, string Text)[] FilterParameters =
    [
        ("prefix", JsonSchemaType.String, "The start of the path."),
        ("format", JsonSchemaType.String, "A format, such as jpeg."),
        ("uploadedAfter", JsonSchemaType.String, "Uploaded at this time or later."),
        ("uploadedBefore", JsonSchemaType.String, "Uploaded before this time."),
        ("tags", JsonSchemaType.String, "Tags that the image must all have, separated by commas."),
        ("minWidth", JsonSchemaType.Integer, "Least width in pixels."),
        ("minHeight", JsonSchemaType.Integer, "Least height in pixels."),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/search",
                (HttpRequest request, SearchEndpoint endpoint, CancellationToken cancellation) => endpoint.GetAsync(request, cancellation)
            )
            .WithName("SearchByText")
            .WithSummary("Finds images by words.")
            .WorksOnPictures()
            .Produces<SearchReply>()
            .ProducesProblem(400)
            .WithQuery([
                ("text", JsonSchemaType.String, "Words that describe the picture."),
                ("id", JsonSchemaType.String, "A stored image to start from."),
                ("not", JsonSchemaType.String, "Words that the picture should not show."),
                ("top", JsonSchemaType.Integer, "Results wanted, 1 to 1,000; 10 where absent."),
                ("minSimilarity", JsonSchemaType.Number, "Leaves out results below this cosine."),
                .. FilterParameters,
            ]);
        routes
            .MapPost(
                "/search",
                (HttpRequest request, SearchEndpoint endpoint, CancellationToken cancellation) => endpoint.PostAsync(request, cancellation)
            )
            .Needs(Role.Search)
            .WithName("Search")
            .WithSummary("Finds images by a picture (the body, or multipart), by words, by a stored image, or by a mix of them.")
            .Accepts<SearchRequest>("application/json", "multipart/form-data", "image/jpeg", "image/png", "image/webp")
            .WorksOnPictures()
            .Produces<SearchReply>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .ProducesProblem(413)
            .ProducesProblem(415)
            .ProducesProblem(422);
    }

    private Task<SearchReply> GetAsync(HttpRequest request, CancellationToken cancellation)
    {
        var query = request.Query;
        var search = new SearchRequest(
            Text: query["text"],
            Id: query["id"],
            Not: query["not"],
            Top: QueryValue.Integer(query, "top"),
            MinSimilarity: QueryValue.Number(query, "minSimilarity"),
            Filter: FilterOf(query)
        );
        return RunAsync(search, null, cancellation);
    }

    private async Task<SearchReply> PostAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (RequestBody.IsImage(request))
        {
            var query = request.Query;
            var search = new SearchRequest(
                Text: query["text"],
                Not: query["not"],
                Top: QueryValue.Integer(query, "top"),
                MinSimilarity: QueryValue.Number(query, "minSimilarity"),
                Filter: FilterOf(query)
            );
            return await RunAsync(search, await body.ImageAsync(request, cancellation), cancellation);
        }

        if (request.HasFormContentType)
        {
            var form = await RequestBody.FormAsync(request, cancellation);
            var search = new SearchRequest(
                Text: form["text"],
                Id: form["id"],
                Not: form["not"],
                Weights: RequestBody.JsonField<SearchWeights>(form, "weights"),
                Top: QueryValue.Integer(form, "top"),
                MinSimilarity: QueryValue.Number(form, "minSimilarity"),
                Filter: RequestBody.JsonField<SearchFilterRequest>(form, "filter")
            );
            return await RunAsync(search, await body.ImageAsync(form, "image", cancellation), cancellation);
        }

        if (request.HasJsonContentType())
        {
            var search = await RequestBody.JsonAsync<SearchRequest>(request, cancellation);
            return await RunAsync(search, await body.ImageAsync("image", search.Image, cancellation), cancellation);
        }

        throw Refusal.Unsupported("Send an image (Content-Type: image/jpeg, image/png, …), multipart/form-data or application/json.");
    }

    public async Task<SearchReply> RunAsync(SearchRequest search, CheckedImage? image, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var top = QueryValue.Between(search.Top ?? 10, 1, MaxTop, "top");
        var least = QueryValue.Between(search.MinSimilarity ?? -1, -1, 1, "minSimilarity");
        var filter = FilterExpression.Of(search.Filter, store.Images);
        var tally = new EmbeddingTally();
        var vector = await VectorAsync(search, image, tally, cancellation);
        var found = await index.SearchAsync(vector, filter.PathStart is null ? top : MaxTop, filter.OData, cancellation);
        return new SearchReply(
            [
                .. found
                    .Where(neighbour => neighbour.Similarity >= least && filter.Matches(neighbour.Document.Path))
                    .Take(top)
                    .Select(Result),
            ],
            model.Name,
            Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1),
            tally.Notices,
            tally.Cost
        );
    }

    private async Task<ReadOnlyMemory<float>> VectorAsync(
        SearchRequest search,
        CheckedImage? image,
        EmbeddingTally tally,
        CancellationToken cancellation
    )
    {
        var weights = search.Weights ?? new SearchWeights();
        var query = new QueryVector(model.Dimensions);
        if (!string.IsNullOrWhiteSpace(search.Text))
        {
            query.Add(await EmbedAsync(search.Text, "text", tally, cancellation), Weight(weights.Text, "text"));
        }

        if (image is not null)
        {
            query.Add(
                tally.Add((await images.GenerateAsync([image], EmbeddingPriority.Query, cancellation))[0]).Vector,
                Weight(weights.Image, "image")
            );
        }

        if (!string.IsNullOrEmpty(search.Id))
        {
            query.Add((await StoredAsync(search.Id, cancellation)).Embedding, Weight(weights.Id, "id"));
        }

        if (query.IsEmpty)
        {
            throw Refusal.Invalid("Say what to look for: text, an image, or the id of a stored image.");
        }

        if (!string.IsNullOrWhiteSpace(search.Not))
        {
            query.Add(await EmbedAsync(search.Not, "not", tally, cancellation), -Weight(weights.Not, "not"));
        }

        return query.Unit() ?? throw Refusal.Invalid("The parts of the query cancel each other out: change the weights.");
    }

    public async Task<ImageRecord> StoredAsync(string id, CancellationToken cancellation)
    {
        var record = ImagePath.IsId(id) ? await ledger.FindAsync(id, cancellation) : null;
        return record is not { Embedding.IsEmpty: false, State: not (ImageState.Removed or ImageState.Unreadable) }
            ? throw Refusal.NotFound($"No image with the id '{(id.Length <= 64 ? id : id[..64])}' has a vector.")
            : OfModel(record, model);
    }

    /// <summary>The record, where the model in use made its vectors.</summary>
    public static ImageRecord OfModel(ImageRecord record, EmbeddingModel model) =>
        model.Made(record)
            ? record
            : throw Refusal.Conflict(
                $"The vectors of '{record.Path}' are those of another model: it has to be judged anew first (POST /api/backfill)."
            );

    public static SearchResult Result(Neighbour neighbour)
    {
        var document = neighbour.Document;
        return new SearchResult(
            document.Id,
            document.Path,
            Math.Round(neighbour.Similarity, 6),
            document.Width,
            document.Height,
            document.Format,
            document.Bytes,
            document.UploadedAt.UtcDateTime,
            document.Verdict,
            document.Tags,
            document.Sha256
        );
    }

    private async Task<ReadOnlyMemory<float>> EmbedAsync(string text, string name, EmbeddingTally tally, CancellationToken cancellation)
    {
        if (text.Length > MaxText)
        {
            throw Refusal.Invalid($"'{name}' has {text.Length:N0} characters; at most {MaxText:N0} are taken.");
        }

        return tally.Add((await texts.GenerateAsync([text], EmbeddingPriority.Query, cancellation))[0]).Vector;
    }

    private static double Weight(double value, string name) => QueryValue.Between(value, 0, 10, $"weights.{name}");

    public static SearchFilterRequest FilterOf(IQueryCollection query) =>
        new(
            query["prefix"],
            query["status"],
            query["format"],
            QueryValue.Time(query, "uploadedAfter"),
            QueryValue.Time(query, "uploadedBefore"),
            [
                .. query["tags"]
                    .SelectMany(tags => (tags ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
            ],
            QueryValue.Integer(query, "minWidth"),
            QueryValue.Integer(query, "minHeight")
        );
}
