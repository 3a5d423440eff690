using SearchEmulator.Definitions;
using SearchEmulator.Http;
using SearchEmulator.Indexes;

namespace SearchEmulator;

internal sealed class IndexEndpoints(IndexCatalog catalog, EmulatorOptions options)
{
    public async Task ListAsync(HttpContext context, string version)
    {
        if (context.Request.Method == HttpMethods.Post)
        {
            await CreateAsync(context, version);
            return;
        }

        RequireMethod(context, HttpMethods.Get);
        var properties = context
            .Request.Query["$select"]
            .ToString()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.Ordinal);
        await JsonResponse.WriteAsync(
            context,
            json =>
            {
                json.WriteStartObject();
                DefinitionWriter.WriteContext(json, context.Request, "$metadata#indexes");
                json.WriteStartArray("value");
                foreach (var index in catalog.All())
                {
                    DefinitionWriter.Write(json, index, version, properties);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        );
    }

    public Task OneAsync(HttpContext context, string name, string version) =>
        context.Request.Method switch
        {
            "GET" => WriteAsync(context, catalog.Get(name), version, StatusCodes.Status200OK),
            "PUT" => CreateOrUpdateAsync(context, name, version),
            "DELETE" => Delete(context, name),
            _ => throw new ServiceException(405, string.Empty, $"The method {context.Request.Method} is not allowed here."),
        };

    public async Task StatisticsAsync(HttpContext context, string name)
    {
        RequireMethod(context, HttpMethods.Get);
        var statistics = IndexStatistics.Of(catalog.Get(name));
        await JsonResponse.WriteAsync(
            context,
            json =>
            {
                json.WriteStartObject();
                DefinitionWriter.WriteContext(json, context.Request, "$metadata#Microsoft.Azure.Search.V2023_11_01.IndexStatistics");
                json.WriteNumber("documentCount", statistics.Documents);
                json.WriteNumber("storageSize", statistics.StorageBytes);
                json.WriteNumber("vectorIndexSize", statistics.VectorBytes);
                json.WriteEndObject();
            }
        );
    }

    public async Task ServiceStatisticsAsync(HttpContext context)
    {
        RequireMethod(context, HttpMethods.Get);
        await JsonResponse.WriteAsync(
            context,
            json =>
            {
                json.WriteStartObject();
                DefinitionWriter.WriteContext(json, context.Request, "$metadata#Microsoft.Azure.Search.V2023_11_01.ServiceStatistics");
                ServiceStatistics.Write(json, catalog.All());
                json.WriteEndObject();
            }
        );
    }

    private async Task CreateAsync(HttpContext context, string version)
    {
        var definition = DefinitionReader.Read(await RequestBody.ReadObjectAsync(context.Request, "definition"), null, options.Strict);
        await WriteAsync(context, catalog.Create(definition), version, StatusCodes.Status201Created);
    }

    private async Task CreateOrUpdateAsync(HttpContext context, string name, string version)
    {
        var definition = DefinitionReader.Read(await RequestBody.ReadObjectAsync(context.Request, "definition"), name, options.Strict);
        var (index, created) = catalog.CreateOrUpdate(
            definition,
            RequestHeaders.IfMatch(context.Request),
            RequestHeaders.IfNoneMatch(context.Request),
            mayBeOffline: context.Request.Query["allowIndexDowntime"] == "true"
        );
        await WriteAsync(context, index, version, created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private Task Delete(HttpContext context, string name)
    {
        catalog.Delete(name, RequestHeaders.IfMatch(context.Request), RequestHeaders.IfNoneMatch(context.Request));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task WriteAsync(HttpContext context, SearchIndex index, string version, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.ETag = index.ETag;
        if (status == StatusCodes.Status201Created)
        {
            context.Response.Headers.Location =
                $"{RequestHeaders.ServiceAddress(context.Request)}/indexes('{index.Definition.Name}')?api-version={version}";
        }

        return JsonResponse.WriteAsync(context, json => DefinitionWriter.Write(json, index, version, [], context.Request));
    }

    private static void RequireMethod(HttpContext context, string method)
    {
        if (context.Request.Method != method)
        {
            throw new ServiceException(405, string.Empty, $"The method {context.Request.Method} is not allowed here.");
        }
    }
}
