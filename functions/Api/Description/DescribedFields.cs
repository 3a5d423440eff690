using Microsoft.OpenApi;

namespace Serverless.Api.Description;

/// <summary>What fields and parameters mean that have the same name everywhere.</summary>
internal static class DescribedFields
{
    private static readonly Dictionary<string, string> Common = new(StringComparer.Ordinal)
    {
        ["id"] = "32 hexadecimal digits; an image's is made of its path and never changes.",
        ["path"] = "Where it was uploaded: the container and the name of the blob.",
        ["width"] = "In pixels, upright.",
        ["height"] = "In pixels, upright.",
        ["format"] = "Of the file, told by its bytes.",
        ["bytes"] = "Size of the file in bytes.",
        ["sha256"] = "Of the file, in lower-case hexadecimal digits.",
        ["uploadedAt"] = "When the blob was written.",
        ["tags"] = "As people gave them.",
        ["verdict"] = "What the duplicate check found.",
        ["model"] = "Name of the model that made the vectors.",
        ["title"] = "As the file has it.",
        ["caption"] = "The description in the file.",
        ["description"] = "As the file has it.",
        ["headline"] = "As the file has it.",
        ["creator"] = "As the file has it.",
        ["copyright"] = "As the file has it.",
        ["lens"] = "As the file has it.",
        ["position"] = "Where it was taken.",
        ["alt"] = "Text to show in the place of the picture; null where nothing says what it shows.",
        ["keywords"] = "As the file has them.",
        ["similarity"] = "The cosine, from -1 to 1.",
        ["evidence"] = "What the verdict rests on.",
        ["status"] = "How far it is.",
        ["startedAt"] = "When it was begun.",
        ["finishedAt"] = "When it ended; null while it runs.",
        ["reason"] = "Why it failed, or stopped; null where it did not.",
        ["tookMs"] = "How long it took, in milliseconds.",
        ["jobs"] = "Newest first.",
        ["images"] = "In the order asked for.",
        ["continuation"] = "Asks for what comes behind these; null at the end.",
        ["latitude"] = "In degrees, north is positive.",
        ["longitude"] = "In degrees, east is positive.",
        ["detail"] = "A sentence that says what is wrong and what to do.",
        ["instance"] = "Not used.",
        ["type"] = "An address that names the kind of problem.",
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
