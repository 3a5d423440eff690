using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Serverless.Api.Description;

/// <summary>Which values a property may have, and whether it is always there.</summary>
internal static class DescribedChoices
{
    public static Task Apply(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsEnum)
        {
            // Whether a property may be null is told where it is used.
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. schema.Enum?.Where(value => value is not null) ?? []];
        }

        if (
            context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(inherit: true).OfType<IChoices>().FirstOrDefault() is
            { } choices
        )
        {
            Limit(schema.Type?.HasFlag(JsonSchemaType.Array) == true ? (OpenApiSchema)schema.Items! : schema, choices.Values);
        }

        // What is left out where there is nothing to say is not promised.
        foreach (var property in context.JsonTypeInfo.Properties)
        {
            if (
                property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true)
                is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }, ..]
            )
            {
                schema.Required?.Remove(property.Name);
            }
        }

        return Task.CompletedTask;
    }

    private static void Limit(OpenApiSchema schema, IEnumerable<string> values)
    {
        schema.Enum = [.. values.Select(value => (JsonNode)value)];
        if (schema.Type?.HasFlag(JsonSchemaType.Null) == true)
        {
            schema.Enum.Add(JsonNullSentinel.JsonNull);
        }
    }
}
