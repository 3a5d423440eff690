using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using SearchEmulator.Documents;
using SearchEmulator.Http;
using SearchEmulator.Indexes;
using SearchEmulator.Values;

namespace SearchEmulator.Queries;

/// <summary>The body of a search's answer.</summary>
internal sealed record SearchAnswer(
    DocumentTable Table,
    SearchRequest Request,
    HttpRequest Http,
    FieldSelection Fields,
    Matches Matches,
    IReadOnlyList<Hit> Ordered,
    Page Page,
    IReadOnlyList<FacetRequest> Facets,
    Highlights? Highlights
)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        DefinitionWriter.WriteContext(json, Http, $"indexes('{Table.Definition.Name}')/$metadata#docs(*)");
        if (Request.Count)
        {
            json.WriteNumber("@odata.count", Matches.Hits.Count);
        }

        if (Request.ReportCoverage)
        {
            json.WritePropertyName("@search.coverage");
            JsonResponse.WriteDouble(json, 100);
        }

        if (Facets.Count > 0)
        {
            Queries.Facets.Write(json, Facets, Table, Matches.Hits);
        }

        if (Page.NextSkip is not null && Request.Body is not null)
        {
            json.WritePropertyName("@search.nextPageParameters");
            NextBody(Request.Body).WriteTo(json);
        }

        json.WriteStartArray("value");
        for (var i = Page.Skip; i < Math.Min(Ordered.Count, Page.Skip + Page.Size); i++)
        {
            WriteResult(json, Ordered[i], Table.VisibleAt(Ordered[i].Slot)!);
        }

        json.WriteEndArray();
        if (Page.NextSkip is not null)
        {
            json.WriteString("@odata.nextLink", NextLink());
        }

        json.WriteEndObject();
    }

    private void WriteResult(Utf8JsonWriter json, Hit hit, Document document)
    {
        json.WriteStartObject();
        json.WritePropertyName("@search.score");
        json.WriteRawValue(
            JsonResponse.WithFraction(
                Matches.Scores == ScoreKind.Fused
                    ? ((double)hit.Score).ToString("R", CultureInfo.InvariantCulture)
                    : hit.Score.ToString("R", CultureInfo.InvariantCulture)
            )
        );
        Highlights?.Write(json, document);
        new ValueWriter(json, Table.Vectors).WriteFields(document, Fields);
        json.WriteEndObject();
    }

    private JsonObject NextBody(JsonObject body)
    {
        var next = body.DeepClone().AsObject();
        next["skip"] = Page.NextSkip;
        if (Page.NextTop is { } top)
        {
            next["top"] = top;
        }

        return next;
    }

    private string NextLink()
    {
        var docs = $"{RequestHeaders.ServiceAddress(Http)}/indexes('{Table.Definition.Name}')/docs";
        if (Request.Body is not null)
        {
            return $"{docs}/search.post.search?api-version={Http.Query["api-version"]}";
        }

        var parameters = Http
            .Query.Where(pair => pair.Key is not ("$skip" or "$top"))
            .SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value)))
            .Append(KeyValuePair.Create("$skip", Page.NextSkip?.ToString(CultureInfo.InvariantCulture)));
        if (Page.NextTop is { } top)
        {
            parameters = parameters.Append(KeyValuePair.Create<string, string?>("$top", top.ToString(CultureInfo.InvariantCulture)));
        }

        return QueryHelpers.AddQueryString(docs, parameters);
    }
}
