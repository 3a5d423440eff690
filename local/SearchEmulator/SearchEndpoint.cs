using System.Buffers;
using SearchEmulator.Documents;
using SearchEmulator.Filters;
using SearchEmulator.Http;
using SearchEmulator.Indexes;
using SearchEmulator.Queries;

namespace SearchEmulator;

internal sealed class SearchEndpoint(IndexCatalog catalog)
{
    public async Task PostAsync(HttpContext context, string name)
    {
        var index = catalog.GetForDocuments(name);
        var request = RequestReader.Read(await RequestBody.ReadObjectAsync(context.Request, "parameters"));
        await JsonResponse.SendAsync(context, Run(index, request, context.Request));
    }

    public async Task GetAsync(HttpContext context, string name)
    {
        var index = catalog.GetForDocuments(name);
        var request = QueryStringReader.Read(context.Request.Query);
        await JsonResponse.SendAsync(context, Run(index, request, context.Request));
    }

    private static ArrayBufferWriter<byte> Run(SearchIndex index, SearchRequest request, HttpRequest http)
    {
        var needsText = request.HasText || Filter.TextMatches(Filter.Parse(request.Filter, index.Definition)).Any();
        return index.Read(
            table =>
            {
                var filter = Filter.Parse(request.Filter, table.Definition);
                var selection = FieldSelection.Parse(request.Select, table.Definition);
                var order = Ordering.Parse(request.OrderBy, table);
                var facets = request.Facets.Select(facet => FacetRequest.Parse(facet, table.Definition)).ToList();
                var highlights = Highlights.Of(request, table);
                var matches = new Matcher(table, request, filter).Find();
                var page = Page.Of(request, matches.Hits.Count);
                var ordered = Selection.Order(matches.Hits, order ?? matches.Order, page.Skip + page.Size);
                var answer = new SearchAnswer(table, request, http, selection, matches, ordered, page, facets, highlights);
                return JsonResponse.Build(answer.Write);
            },
            needsText
        );
    }
}
