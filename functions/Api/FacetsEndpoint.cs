using Serverless.Api.Description;

namespace Serverless.Api;

/// <summary>What the collection can be filtered by, with counts.</summary>
internal static class FacetsEndpoint
{
    public const string Description = "Facets wanted, separated by commas, named as the filters; all where absent.";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/facets", GetAsync)
            .WithName("getFacets")
            .WithSummary("How many images there are by colour, composition, format, tag …, each counted under all filters but its own.")
            .Produces<FacetReply>()
            .ProducesProblem(400)
            .WithQuery([QueryParameter.List("facets", Description), .. SearchFilters.Parameters]);

    private static Task<FacetReply> GetAsync(HttpRequest request, FacetCounts counts, CancellationToken cancellation) =>
        counts.OfAsync(Facet.Named(SearchFilters.List(request.Query, "facets")), SearchFilters.Of(request.Query), null, cancellation);
}
