using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Serverless.Api;

namespace Serverless.Mcp;

/// <summary>Validates arguments before a tool runs: a misspelt filter must not widen a search.</summary>
internal static class ToolArguments
{
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Check(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next
    ) =>
        async (request, cancellation) =>
        {
            var schema = (request.MatchedPrimitive as McpServerTool)?.ProtocolTool.InputSchema;
            if (schema is { } known && Fault(known, request.Params?.Arguments) is { } fault)
            {
                return ToolAnswer.Refused(fault);
            }

            return await next(request, cancellation);
        };

    private static string? Fault(JsonElement schema, IDictionary<string, JsonElement>? arguments)
    {
        var properties = schema.TryGetProperty("properties", out var all) ? all : default;
        var names = properties.ValueKind == JsonValueKind.Object ? properties.EnumerateObject().Select(one => one.Name).ToList() : [];
        foreach (var (name, value) in arguments ?? new Dictionary<string, JsonElement>())
        {
            if (!names.Contains(name))
            {
                return $"'{QueryValue.Shorten(name)}' is not an argument of this tool: it takes {string.Join(", ", names)}.";
            }

            if (!Fits(properties.GetProperty(name), value))
            {
                return $"'{name}' is {QueryValue.Shorten(value.GetRawText())}: it must be {Wanted(properties.GetProperty(name))}.";
            }
        }

        var required = schema.TryGetProperty("required", out var list) ? list.EnumerateArray().Select(one => one.GetString()!) : [];
        return required.FirstOrDefault(name => arguments?.ContainsKey(name) != true) is { } missing ? $"'{missing}' is missing." : null;
    }

    private static bool Fits(JsonElement property, JsonElement value)
    {
        var types = TypesOf(property);
        return types.Count == 0
            || (
                value.ValueKind switch
                {
                    JsonValueKind.String => types.Contains("string"),
                    JsonValueKind.Number => types.Contains("number") || (types.Contains("integer") && value.TryGetInt64(out _)),
                    JsonValueKind.True or JsonValueKind.False => types.Contains("boolean"),
                    JsonValueKind.Array => types.Contains("array"),
                    JsonValueKind.Object => types.Contains("object"),
                    _ => types.Contains("null"),
                }
                && IsAllowed(property, value)
                && IsInRange(property, value)
            );
    }

    private static bool IsAllowed(JsonElement property, JsonElement value) =>
        !property.TryGetProperty("enum", out var allowed) || allowed.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value));

    private static bool IsInRange(JsonElement property, JsonElement value) =>
        value.ValueKind != JsonValueKind.Number
        || (
            (!property.TryGetProperty("minimum", out var least) || value.GetDouble() >= least.GetDouble())
            && (!property.TryGetProperty("maximum", out var most) || value.GetDouble() <= most.GetDouble())
        );

    private static string Wanted(JsonElement property) =>
        property.TryGetProperty("enum", out var allowed) ? $"one of {string.Join(", ", Words(allowed))}"
        : property.TryGetProperty("minimum", out var least) && property.TryGetProperty("maximum", out var most)
            ? $"from {least.GetRawText()} to {most.GetRawText()}"
        : string.Join(" or ", TypesOf(property).Where(type => type != "null").Select(Named));

    private static IEnumerable<string?> Words(JsonElement values) =>
        values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString());

    private static string Named(string type) =>
        type is "integer" or "number" ? $"a{(type == "integer" ? " whole" : "")} number" : $"a {type}";

    private static List<string> TypesOf(JsonElement property) =>
        !property.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(one => one.GetString()!)]
        : [type.GetString()!];
}
