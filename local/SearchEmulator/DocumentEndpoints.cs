using System.Globalization;
using System.Text.Json;
using SearchEmulator.Definitions;
using SearchEmulator.Documents;
using SearchEmulator.Faults;
using SearchEmulator.Http;
using SearchEmulator.Indexes;

namespace SearchEmulator;

internal sealed class DocumentEndpoints(IndexCatalog catalog, EmulatorOptions options, FaultInjection faults)
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    public async Task BatchAsync(HttpContext context, string name)
    {
        var index = catalog.GetForDocuments(name);
        using var body = await RequestBody.ReadJsonAsync(context.Request, "actions");
        var allowUnsafeKeys = string.Equals(context.Request.Query["allowUnsafeKeys"], "true", StringComparison.OrdinalIgnoreCase);
        var results = Execute(index, body.RootElement, allowUnsafeKeys);

        context.Response.StatusCode = results.All(result => result.Succeeded) ? StatusCodes.Status200OK : StatusCodes.Status207MultiStatus;
        await JsonResponse.WriteAsync(
            context,
            json =>
            {
                json.WriteStartObject();
                DefinitionWriter.WriteContext(
                    json,
                    context.Request,
                    $"indexes('{name}')/$metadata#Collection(Microsoft.Azure.Search.V2023_11_01.IndexResult)"
                );
                json.WriteStartArray("value");
                foreach (var result in results)
                {
                    json.WriteStartObject();
                    json.WriteString("key", result.Key);
                    json.WriteBoolean("status", result.Succeeded);
                    json.WriteString("errorMessage", result.Error);
                    json.WriteNumber("statusCode", result.Status);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        );
    }

    public async Task LookupAsync(HttpContext context, string name, string key)
    {
        var request = context.Request;
        var body = catalog
            .GetForDocuments(name)
            .Read(table =>
            {
                var selection = FieldSelection.Parse(request.Query["$select"], table.Definition);
                return table.Find(key) is not { } document
                    ? null
                    : JsonResponse.Build(json =>
                    {
                        json.WriteStartObject();
                        DefinitionWriter.WriteContext(json, request, $"indexes('{name}')/$metadata#docs(*)/$entity");
                        new ValueWriter(json, table.Vectors).WriteFields(document, selection);
                        json.WriteEndObject();
                    });
            });
        if (body is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await JsonResponse.SendAsync(context, body);
    }

    /// <summary>Plain text with a byte order mark, as the service sends it.</summary>
    public async Task CountAsync(HttpContext context, string name)
    {
        var count = catalog.GetForDocuments(name).Read(table => table.VisibleCount);
        context.Response.ContentType = "text/plain";
        await context.Response.Body.WriteAsync(ByteOrderMark, context.RequestAborted);
        await context.Response.WriteAsync(count.ToString(CultureInfo.InvariantCulture), context.RequestAborted);
    }

    private IReadOnlyList<ActionResult> Execute(SearchIndex index, JsonElement body, bool allowUnsafeKeys)
    {
        if (!body.TryGetProperty("value", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            throw ServiceException.BadRequest(
                "The request is invalid. Details: actions : No indexing actions found in the request. Please include between 1 and 1000 "
                    + "indexing actions in your request."
            );
        }

        if (list.GetArrayLength() > options.MaxBatch)
        {
            throw ServiceException.BadRequest(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The request is invalid. Details: actions : There are too many indexing actions in the request. Please include "
                        + $"between 1 and {options.MaxBatch} indexing actions in your request."
                )
            );
        }

        var definition = index.Definition;
        var actions = Read(definition);
        return index.Write(table =>
            BatchExecutor.Decide(table, table.Definition == definition ? actions : Read(table.Definition), faults.ForDocument)
        );

        List<DocumentAction> Read(IndexDefinition fields) =>
            [.. list.EnumerateArray().Select((json, i) => DocumentAction.Read(json, i, fields, allowUnsafeKeys))];
    }
}
