using Microsoft.OpenApi;

namespace Serverless.Api.Description;

/// <summary>Pictures are bytes, and files of a form are files.</summary>
internal static class DescribedBodies
{
    public static void Apply(OpenApiDocument document)
    {
        foreach (var operation in Operations.Of(document))
        {
            var files = operation.Metadata is { } told && told.TryGetValue(RequestBodies.Files, out var names) ? (string[])names : [];
            foreach (var (mediaType, content) in operation.RequestBody?.Content ?? NoContent)
            {
                content.Schema =
                    IsBinary(mediaType) ? Binary()
                    : mediaType == RequestBodies.Form ? FormOf(content.Schema!, files)
                    : content.Schema;
            }

            foreach (var (mediaType, content) in (operation.Responses ?? []).Values.SelectMany(response => response.Content ?? NoContent))
            {
                content.Schema = IsBinary(mediaType) ? Binary() : content.Schema;
            }
        }
    }

    private static Dictionary<string, OpenApiMediaType> NoContent => [];

    private static bool IsBinary(string mediaType) =>
        mediaType.StartsWith("image/", StringComparison.Ordinal) || mediaType is "application/octet-stream" or "application/pdf";

    private static OpenApiSchema Binary(string? text = null) =>
        new()
        {
            Type = JsonSchemaType.String,
            Format = "binary",
            Description = text,
        };

    /// <summary>A form has the JSON object's fields, with pictures as files.</summary>
    private static OpenApiSchema FormOf(IOpenApiSchema json, string[] files)
    {
        var properties = new Dictionary<string, IOpenApiSchema>(json.Properties ?? new Dictionary<string, IOpenApiSchema>());
        foreach (var file in files)
        {
            properties[file] = Binary("A picture in any supported format.");
        }

        return new OpenApiSchema { Type = JsonSchemaType.Object, Properties = properties };
    }
}
