using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Functions.Tests.Pipeline;

/// <summary>
/// Fails a test whose app answers otherwise than its OpenAPI description says: with a status that the operation does not have, with a
/// field that the schema does not have, or with a value of another type.
/// </summary>
internal sealed class DescribedAnswers(HttpMessageHandler transport) : DelegatingHandler(transport)
{
    private const string Description = "/api/openapi.json";
    private const string Components = "#/components/schemas/";
    private static readonly ConcurrentDictionary<string, JsonSchema> Schemas = [];
    private static JsonNode? document;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (
            request.Method != HttpMethod.Head
            && request.RequestUri is { AbsolutePath: not Description } address
            && response.Content.Headers.ContentType?.MediaType is { } type
            && type.EndsWith("json", StringComparison.Ordinal)
            && await DocumentAsync(address, cancellationToken) is { } described
            && OperationOf(described, request.Method.Method, address.AbsolutePath) is var (name, operation)
        )
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            Check(described, name, operation, response.StatusCode, type, await response.Content.ReadAsStringAsync(cancellationToken));
        }

        return response;
    }

    /// <summary>Null as long as no app has been ready to describe itself.</summary>
    private async Task<JsonNode?> DocumentAsync(Uri address, CancellationToken cancellation)
    {
        if (document is null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, Description));
            using var response = await base.SendAsync(request, cancellation);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                document = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellation));
            }
        }

        return document;
    }

    /// <summary>A route of fixed parts goes before one of parameters. Null for what no route has.</summary>
    private static (string Name, JsonNode Operation)? OperationOf(JsonNode described, string method, string path)
    {
        var parts = path.Split('/');
        var found = described["paths"]!
            .AsObject()
            .Where(route => Fits(route.Key.Split('/'), parts) && route.Value![method.ToLowerInvariant()] is not null)
            .OrderBy(route => route.Key.Count(letter => letter == '{'))
            .FirstOrDefault();
        return found.Key is null ? null : ($"{method} {found.Key}", found.Value![method.ToLowerInvariant()]!);
    }

    private static bool Fits(string[] route, string[] path) =>
        route.Length == path.Length && route.Zip(path).All(part => part.First == part.Second || part.First.StartsWith('{'));

    private static void Check(JsonNode described, string name, JsonNode operation, HttpStatusCode status, string type, string body)
    {
        var answer = operation["responses"]![$"{(int)status}"];
        Assert.True(answer is not null, $"{name} answered {(int)status}, which its description does not have: {body}");
        var schema = answer["content"]?[type]?["schema"];
        Assert.True(schema is not null, $"{name} answered {(int)status} with {type}, which its description does not have: {body}");
        var checker = Schemas.GetOrAdd($"{name} {status} {type}", _ => SchemaOf(described, schema));
        using var parsed = Parse(name, status, body);
        var results = checker.Evaluate(parsed.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        var faults = results.IsValid
            ? []
            : (results.Details ?? [])
                .Where(detail => detail.Errors is { Count: > 0 })
                .Select(detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}")
                .Distinct();
        Assert.True(results.IsValid, $"{name} answered {(int)status} against its description: {string.Join("; ", faults)}: {body}");
    }

    private static JsonDocument Parse(string name, HttpStatusCode status, string body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException error)
        {
            throw new InvalidOperationException($"{name} answered {(int)status} with what is not JSON: {body}", error);
        }
    }

    /// <summary>With all schemas that it may refer to; no object may have a field that its schema does not tell of.</summary>
    private static JsonSchema SchemaOf(JsonNode described, JsonNode schema)
    {
        var whole = schema.DeepClone().AsObject();
        whole["$defs"] = described["components"]!["schemas"]!.DeepClone();
        Close(whole);
        return JsonSchema.FromText(whole.ToJsonString().Replace(Components, "#/$defs/", StringComparison.Ordinal));
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonObject fields)
        {
            // A problem may tell more.
            if (fields["properties"] is JsonObject known && !fields.ContainsKey("additionalProperties") && !known.ContainsKey("instance"))
            {
                fields["additionalProperties"] = false;
            }

            foreach (var field in fields.ToList())
            {
                Close(field.Value);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Close(item);
            }
        }
    }
}
