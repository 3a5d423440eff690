using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Serverless.Images;

namespace Serverless.Api.Description;

/// <summary>A query parameter that an endpoint reads itself, strictly, instead of by model binding.</summary>
/// <param name="Text">What it means.</param>
internal sealed record QueryParameter(string Name, OpenApiSchema Schema, string Text)
{
    public JsonNode? Example { get; init; }

    public static implicit operator QueryParameter((string Name, JsonSchemaType Type, string Text) told) =>
        new(told.Name, new OpenApiSchema { Type = told.Type }, told.Text);

    public static QueryParameter Whole(string name, string text, int? least = null, int? most = null, int? otherwise = null) =>
        new(
            name,
            new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int32",
                Minimum = least?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Maximum = most?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Default = otherwise,
            },
            text
        );

    public static QueryParameter Cosine(string name, string text) =>
        new(
            name,
            new OpenApiSchema
            {
                Type = JsonSchemaType.Number,
                Format = "double",
                Minimum = "-1",
                Maximum = "1",
            },
            text
        );

    public static QueryParameter Flag(string name, string text) =>
        new(name, new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = false }, text);

    public static QueryParameter Time(string name, string text) =>
        new(name, new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" }, text);

    public static QueryParameter Choice(string name, string text, params IEnumerable<string> values) =>
        new(name, new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. values.Select(value => (JsonNode)value)] }, text);

    public static QueryParameter Choice<T>(string name, string text)
        where T : struct, Enum => Choice(name, text, Enum.GetValues<T>().Select(Names.Of));

    /// <summary>Values separated by commas.</summary>
    public static QueryParameter List(string name, string text, int? most = null) =>
        new(
            name,
            new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String },
                MaxItems = most,
            },
            text
        );

    public OpenApiParameter Described() =>
        new()
        {
            Name = Name,
            In = ParameterLocation.Query,
            Description = Text,
            Example = Example,
            Schema = Schema,
            Style = ParameterStyle.Form,
            Explode = Schema.Type != JsonSchemaType.Array,
        };
}
