using Microsoft.OpenApi;

namespace Serverless.Api.Description;

/// <summary>Descriptions of fields and parameters that have the same meaning everywhere.</summary>
internal static class DescribedFields
{
    private static readonly Dictionary<string, string> Common = new(StringComparer.Ordinal)
    {
        ["id"] = "32 hexadecimal digits; an image's id derives from its path and never changes.",
        ["path"] = "The upload path: container and blob name.",
        ["width"] = "In pixels, with orientation applied.",
        ["height"] = "In pixels, with orientation applied.",
        ["format"] = "The file's format, detected from its bytes.",
        ["bytes"] = "Size of the file in bytes.",
        ["sha256"] = "Hash of the file, in lower-case hex.",
        ["uploadedAt"] = "When the blob was written; null if only its removal is known.",
        ["tags"] = "Tags set by people.",
        ["verdict"] = "The result of the duplicate check.",
        ["model"] = "Name of the model that made the vectors.",
        ["title"] = "From the file's metadata.",
        ["caption"] = "The description in the file.",
        ["description"] = "From the file's metadata.",
        ["headline"] = "From the file's metadata.",
        ["creator"] = "From the file's metadata.",
        ["copyright"] = "From the file's metadata.",
        ["lens"] = "From the file's metadata.",
        ["position"] = "Where it was taken.",
        ["alt"] = "Text that replaces the picture; null if unknown.",
        ["usd"] = "All of it, in US dollars.",
        ["keywords"] = "From the file's metadata.",
        ["similarity"] = "The cosine, from -1 to 1.",
        ["evidence"] = "The reasons for the verdict.",
        ["status"] = "The current status.",
        ["startedAt"] = "When it started.",
        ["finishedAt"] = "When it ended; null while it runs.",
        ["reason"] = "Why it failed or stopped; null otherwise.",
        ["tookMs"] = "Duration in milliseconds.",
        ["jobs"] = "Newest first.",
        ["images"] = "In the requested order.",
        ["continuation"] = "Requests the next page; null at the end.",
        ["latitude"] = "In degrees, north is positive.",
        ["longitude"] = "In degrees, east is positive.",
        ["detail"] = "What is wrong and what to do.",
        ["instance"] = "Not used.",
        ["type"] = "A URI that identifies the kind of problem.",
    };

    public static void Apply(OpenApiDocument document)
    {
        foreach (var (name, schema) in document.Components?.Schemas?.Values.SelectMany(schema => schema.Properties ?? NoFields) ?? [])
        {
            if (IsUntold(schema) && Common.TryGetValue(name, out var text))
            {
                schema.Description = text;
            }
        }

        foreach (var parameter in Operations.Of(document).SelectMany(Parameters))
        {
            if (parameter is { In: ParameterLocation.Path, Name: "id" })
            {
                parameter.Description ??= "32 hexadecimal digits.";
                ((OpenApiSchema)parameter.Schema!).Pattern = "^[0-9a-f]{32}$";
            }
            else if (parameter is { In: ParameterLocation.Path, Name: "name" })
            {
                parameter.Description ??= "The name of the category.";
            }
        }
    }

    private static Dictionary<string, IOpenApiSchema> NoFields => [];

    private static IEnumerable<OpenApiParameter> Parameters(OpenApiOperation operation) =>
        (operation.Parameters ?? []).OfType<OpenApiParameter>();

    /// <summary>A text about the place where it is used counts; one about the type in general says nothing of the field.</summary>
    private static bool IsUntold(IOpenApiSchema schema) =>
        schema switch
        {
            OpenApiSchemaReference reference => reference.Reference.Description is null,
            _ => schema.Description is null && (schema.OneOf ?? []).All(part => part is not OpenApiSchemaReference || IsUntold(part)),
        };
}
