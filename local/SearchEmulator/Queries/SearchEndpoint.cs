using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using SearchEmulator.Documents;
using SearchEmulator.Filters;
using SearchEmulator.Http;
using SearchEmulator.Indexes;

namespace SearchEmulator.Queries;

internal sealed class SearchEndpoint(IndexCatalog catalog)
{
    public async Task PostAsync(HttpContext context, string name)
    {
        var index = catalog.GetForDocuments(name);
        var request = RequestReader.Read(await ReadBodyAsync(context.Request));
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
                var matches = new Matcher(table, request, filter).Find();
                var page = Page.Of(request, matches.Hits.Count);
                var ordered = Selection.Order(matches.Hits, order, page.Skip + page.Size);
                return JsonResponse.Build(json => Write(json, table, request, http, selection, matches, ordered, page));
            },
            needsText);
    }

    private static void Write(
        Utf8JsonWriter json, DocumentTable table, SearchRequest request, HttpRequest http,
        FieldSelection selection, Matches matches, IReadOnlyList<Hit> ordered, Page page)
    {
        json.WriteStartObject();
        DefinitionWriter.WriteContext(json, http, $"indexes('{table.Definition.Name}')/$metadata#docs(*)");
        if (request.Count)
        {
            json.WriteNumber("@odata.count", matches.Hits.Count);
        }

        if (request.ReportCoverage)
        {
            json.WritePropertyName("@search.coverage");
            JsonResponse.WriteDouble(json, 100);
        }

        if (page.NextSkip is not null && request.Body is not null)
        {
            json.WritePropertyName("@search.nextPageParameters");
            NextBody(request.Body, page).WriteTo(json);
        }

        json.WriteStartArray("value");
        var values = new ValueWriter(json, table.Vectors);
        for (var i = page.Skip; i < Math.Min(ordered.Count, page.Skip + page.Size); i++)
        {
            json.WriteStartObject();
            WriteScore(json, ordered[i].Score, matches.Scores);
            values.WriteFields(table.VisibleAt(ordered[i].Slot)!, selection);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (page.NextSkip is not null)
        {
            json.WriteString("@odata.nextLink", NextLink(http, table.Definition.Name, request, page));
        }

        json.WriteEndObject();
    }

    private static void WriteScore(Utf8JsonWriter json, float score, ScoreKind kind)
    {
        json.WritePropertyName("@search.score");
        json.WriteRawValue(JsonResponse.WithFraction(kind == ScoreKind.Fused
            ? ((double)score).ToString("R", CultureInfo.InvariantCulture)
            : score.ToString("R", CultureInfo.InvariantCulture)));
    }

    private static JsonObject NextBody(JsonObject body, Page page)
    {
        var next = body.DeepClone().AsObject();
        next["skip"] = page.NextSkip;
        if (page.NextTop is { } top)
        {
            next["top"] = top;
        }

        return next;
    }

    private static string NextLink(HttpRequest http, string index, SearchRequest request, Page page)
    {
        var version = http.Query["api-version"].ToString();
        var docs = $"{RequestHeaders.ServiceAddress(http)}/indexes('{index}')/docs";
        if (request.Body is not null)
        {
            return $"{docs}/search.post.search?api-version={version}";
        }

        var parameters = http.Query
            .Where(pair => pair.Key is not ("$skip" or "$top"))
            .SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value)))
            .Append(KeyValuePair.Create("$skip", page.NextSkip?.ToString(CultureInfo.InvariantCulture)));
        if (page.NextTop is { } top)
        {
            parameters = parameters.Append(KeyValuePair.Create<string, string?>("$top", top.ToString(CultureInfo.InvariantCulture)));
        }

        return QueryHelpers.AddQueryString(docs, parameters);
    }

    private static async Task<JsonObject> ReadBodyAsync(HttpRequest request)
    {
        var body = await RequestBody.ReadAsync(request);
        try
        {
            return JsonNode.Parse(body.Span)?.AsObject() ?? throw RequestBody.Missing("parameters");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
        {
            throw ServiceException.BadRequest($"The request is invalid. Details: parameters : {failure.Message}");
        }
    }
}
