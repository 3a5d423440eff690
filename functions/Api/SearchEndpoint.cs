using Microsoft.Extensions.Primitives;
using Microsoft.OpenApi;
using Serverless.Access;
using Serverless.Api.Description;
using Serverless.Imaging;
using Serverless.Search;

namespace Serverless.Api;

/// <summary>Search by words, by picture, by a stored image, or by a mix of them.</summary>
internal sealed class SearchEndpoint(ImageSearch search, FacetCounts counts, RequestBody body)
{
    private const string Auto = "auto";

    /// <summary>The query parameters of a search, besides filters.</summary>
    private static readonly QueryParameter[] Parts =
    [
        ("text", JsonSchemaType.String, "Words of the name, a caption, a keyword, a date, a camera, or of what the picture shows."),
        QueryParameter.List("ids", "Stored images as positive examples, separated by commas; at most 16.", 16),
        ("not", JsonSchemaType.String, "Words for what the picture should not show."),
        QueryParameter.List("notIds", "Stored images as negative examples, separated by commas; at most 16.", 16),
        QueryParameter.Choice<SearchSort>("sort", "Order of the results within the answer; by default best first."),
        ("continuation", JsonSchemaType.String, "From the previous answer: requests the following results."),
        QueryParameter.Choice<SearchMode>("mode", "By words and vector (the default with text), by vector, or by words."),
        QueryParameter.Whole("top", "Results wanted.", 1, 1000, 10),
        QueryParameter.Cosine("minSimilarity", "Leaves out results below this cosine."),
        QueryParameter.List("facets", "Filters of which the values are counted, separated by commas."),
        new QueryParameter(
            "region",
            new OpenApiSchema { Type = JsonSchemaType.String },
            "The part of the picture, or of the stored image 'id', to search by: x,y,width,height as shares of its upright sides."
        )
        {
            Example = "0.25,0.1,0.5,0.5",
        },
        QueryParameter.Choice(
            "lines",
            "Whether drawings are searched by the lines of the picture: only so, not, or where it is a drawing (auto, the default).",
            "true",
            "false",
            Auto
        ),
        QueryParameter.Flag("turned", "Searches by the quarter turns of the picture, too."),
        QueryParameter.Flag("group", "Pages and tiles of a document are one result, the best; false: each is one.") with
        {
            Schema = new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = true },
        },
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/search",
                (HttpRequest request, SearchEndpoint endpoint, CancellationToken cancellation) => endpoint.GetAsync(request, cancellation)
            )
            .WithName("searchByText")
            .WithSummary("Finds images by their text and by what they look like.")
            .WorksOnPictures()
            .Produces<SearchReply>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .WithQuery([
                .. Parts,
                new QueryParameter("id", new OpenApiSchema { Type = JsonSchemaType.String }, "A stored image as an example."),
                .. SearchFilters.Parameters,
            ]);
        routes
            .MapPost(
                "/search",
                (HttpRequest request, SearchEndpoint endpoint, CancellationToken cancellation) => endpoint.PostAsync(request, cancellation)
            )
            .Needs(Role.Search)
            .WithName("search")
            .WithSummary("Finds images by a picture (the body, or multipart), by words, by a stored image, or by a mix of them.")
            .Takes<SearchRequest>([RequestBodies.Json, RequestBodies.Form, .. RequestBodies.Picture], "image")
            .WithDescription("Query parameters are for a picture as the body; JSON and forms contain them in the body.")
            .WithQuery([.. Parts, .. SearchFilters.Parameters])
            .WorksOnPictures()
            .Produces<SearchReply>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(413)
            .ProducesProblem(415)
            .ProducesProblem(422);
    }

    private static IEnumerable<string> Names => Parts.Concat(SearchFilters.Parameters).Select(parameter => parameter.Name);

    private Task<SearchReply> GetAsync(HttpRequest request, CancellationToken cancellation) =>
        RunAsync(AskedBy(request.Query) with { Id = request.Query["id"] }, null, cancellation);

    private async Task<SearchReply> PostAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (RequestBody.IsImage(request))
        {
            return await RunAsync(AskedBy(request.Query), await body.ImageAsync(request, cancellation), cancellation);
        }

        if (request.Query.Keys.Intersect(Names, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } misplaced)
        {
            throw ProblemException.Invalid(
                $"'{misplaced}' is in the query string, which is only for a picture as the body. Put it into the body."
            );
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
                Ids: RequestBody.ListField(form, "ids"),
                NotIds: RequestBody.ListField(form, "notIds"),
                Sort: SortOf(form),
                Continuation: form["continuation"],
                Facets: RequestBody.ListField(form, "facets"),
                Region: form["region"],
                Lines: LinesOf(form),
                Turned: QueryValue.Flag(form, "turned"),
                Group: QueryValue.Choice(form, "group"),
                Filter: RequestBody.JsonField<SearchFilterRequest>(form, "filter")
            );
            return await RunAsync(asked, await body.ImageAsync(form, "image", cancellation), cancellation);
        }

        if (request.HasJsonContentType())
        {
            var asked = await RequestBody.JsonAsync<SearchRequest>(request, cancellation);
            return await RunAsync(asked, await body.ImageAsync("image", asked.Image, cancellation), cancellation);
        }

        throw ProblemException.Unsupported(
            "Send an image (Content-Type: image/jpeg, image/png, …), multipart/form-data or application/json."
        );
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
            Region: query["region"],
            Lines: LinesOf(query),
            Turned: QueryValue.Flag(query, "turned"),
            Group: QueryValue.Choice(query, "group"),
            Filter: SearchFilters.Of(query)
        );

    private static bool? LinesOf(IEnumerable<KeyValuePair<string, StringValues>> values) =>
        values.Any(value => value.Key.Equals("lines", StringComparison.OrdinalIgnoreCase) && value.Value == Auto)
            ? null
            : QueryValue.Choice(values, "lines");

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
