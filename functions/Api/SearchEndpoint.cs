using Microsoft.Extensions.Primitives;
using Microsoft.OpenApi;
using Serverless.Access;
using Serverless.Imaging;
using Serverless.Search;

namespace Serverless.Api;

/// <summary>Search by words, by picture, by a stored image, or by a mix of them.</summary>
internal sealed class SearchEndpoint(ImageSearch search, FacetCounts counts, RequestBody body)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/search",
                (HttpRequest request, SearchEndpoint endpoint, CancellationToken cancellation) => endpoint.GetAsync(request, cancellation)
            )
            .WithName("SearchByText")
            .WithSummary("Finds images by what is written in, on and about them, and by what they look like.")
            .WorksOnPictures()
            .Produces<SearchReply>()
            .ProducesProblem(400)
            .WithQuery([
                ("text", JsonSchemaType.String, "Words: of the name, a caption, a keyword, a date, a camera, or what the picture shows."),
                ("id", JsonSchemaType.String, "A stored image to start from."),
                ("ids", JsonSchemaType.String, "Stored images to start from, separated by commas; at most 16."),
                ("not", JsonSchemaType.String, "Words that the picture should not show."),
                ("notIds", JsonSchemaType.String, "Stored images that it should not be like, separated by commas; at most 16."),
                (
                    "sort",
                    JsonSchemaType.String,
                    "Order of the results of the answer: similarity, taken, uploaded or bytes; the best first where absent."
                ),
                ("continuation", JsonSchemaType.String, "What the answer before gave: the results behind those."),
                ("mode", JsonSchemaType.String, "hybrid (words and vector, where there is text), vector or words."),
                ("top", JsonSchemaType.Integer, "Results wanted, 1 to 1,000; 10 where absent."),
                ("minSimilarity", JsonSchemaType.Number, "Leaves out results below this cosine."),
                ("facets", JsonSchemaType.String, "Filters of which the values are counted, separated by commas."),
                .. SearchFilters.Parameters,
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

    private Task<SearchReply> GetAsync(HttpRequest request, CancellationToken cancellation) =>
        RunAsync(AskedBy(request.Query) with { Id = request.Query["id"] }, null, cancellation);

    private async Task<SearchReply> PostAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (RequestBody.IsImage(request))
        {
            return await RunAsync(AskedBy(request.Query), await body.ImageAsync(request, cancellation), cancellation);
        }

        if (request.HasFormContentType)
        {
            var form = await RequestBody.FormAsync(request, cancellation);
            var asked = new SearchRequest(
                Text: form["text"],
                Id: form["id"],
                Not: form["not"],
                Weights: RequestBody.JsonField<SearchWeights>(form, "weights"),
                Top: QueryValue.Integer(form, "top"),
                MinSimilarity: QueryValue.Number(form, "minSimilarity"),
                Mode: ModeOf(form),
                Ids: RequestBody.JsonField<string[]>(form, "ids"),
                NotIds: RequestBody.JsonField<string[]>(form, "notIds"),
                Sort: SortOf(form),
                Continuation: form["continuation"],
                Facets: RequestBody.JsonField<string[]>(form, "facets"),
                Filter: RequestBody.JsonField<SearchFilterRequest>(form, "filter")
            );
            return await RunAsync(asked, await body.ImageAsync(form, "image", cancellation), cancellation);
        }

        if (request.HasJsonContentType())
        {
            var asked = await RequestBody.JsonAsync<SearchRequest>(request, cancellation);
            return await RunAsync(asked, await body.ImageAsync("image", asked.Image, cancellation), cancellation);
        }

        throw Refusal.Unsupported("Send an image (Content-Type: image/jpeg, image/png, …), multipart/form-data or application/json.");
    }

    private static SearchRequest AskedBy(IQueryCollection query) =>
        new(
            Text: query["text"],
            Not: query["not"],
            Top: QueryValue.Integer(query, "top"),
            MinSimilarity: QueryValue.Number(query, "minSimilarity"),
            Mode: ModeOf(query),
            Ids: SearchFilters.List(query, "ids"),
            NotIds: SearchFilters.List(query, "notIds"),
            Sort: SortOf(query),
            Continuation: query["continuation"],
            Facets: SearchFilters.List(query, "facets"),
            Filter: SearchFilters.Of(query)
        );

    private static SearchMode? ModeOf(IEnumerable<KeyValuePair<string, StringValues>> values) =>
        QueryValue.Choice(values, "mode", SearchMode.Hybrid, SearchMode.Vector, SearchMode.Words);

    private static SearchSort? SortOf(IEnumerable<KeyValuePair<string, StringValues>> values) =>
        QueryValue.Choice(values, "sort", SearchSort.Similarity, SearchSort.Taken, SearchSort.Uploaded, SearchSort.Bytes);

    private async Task<SearchReply> RunAsync(SearchRequest request, CheckedImage? image, CancellationToken cancellation)
    {
        if (request.Facets is null or [])
        {
            return await search.RunAsync(request, image, cancellation);
        }

        var words = request.Mode == SearchMode.Words ? WordQuery.Of(request.Text)?.Any : null;
        var facets = counts.OfAsync(Facet.Named(request.Facets), request.Filter ?? new SearchFilterRequest(), words, cancellation);
        return await search.RunAsync(request, image, cancellation) with { Facets = (await facets).Facets };
    }
}
