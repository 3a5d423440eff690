using Microsoft.OpenApi;

namespace Serverless.Api.Description;

/// <summary>
/// The OpenAPI document that clients are generated from: built from the endpoints, the doc comments of their types, and additions here.
/// </summary>
internal static class ApiDescription
{
    public static void AddApiDescription(this IServiceCollection services) =>
        services.AddOpenApi(options =>
        {
            options.AddSchemaTransformer(DescribedChoices.Apply);
            options.AddDocumentTransformer(
                (document, _, _) =>
                {
                    Introduce(document);
                    return Task.CompletedTask;
                }
            );
            options.DescribeAccess();
            options.AddDocumentTransformer(
                (document, _, _) =>
                {
                    DescribedBodies.Apply(document);
                    DescribedFields.Apply(document);
                    DescribedExamples.Apply(document);
                    return Task.CompletedTask;
                }
            );
        });

    private static void Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Image gate and search",
            Version = "1.0",
            Description =
                "Finds images by words, picture, sketch or a mix of them, and keeps duplicates out of a collection.\n\n"
                + "Every route that supports GET also supports HEAD. JSON is camelCase, times are ISO 8601 in UTC, and `similarity` is "
                + "always the cosine, from -1 to 1. Errors are RFC 9457 problem details whose `detail` says what to do. Unknown query "
                + "parameters and JSON properties are refused (400), never ignored.",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers =
        [
            new OpenApiServer { Url = "http://127.0.0.1:7071", Description = "The local run." },
            new OpenApiServer
            {
                Url = "https://{host}",
                Description = "The app in Azure.",
                Variables = new Dictionary<string, OpenApiServerVariable>
                {
                    ["host"] = new() { Default = "my-app.azurewebsites.net", Description = "The app's name there." },
                },
            },
        ];
        document.Tags = new HashSet<OpenApiTag>(ApiTags.All.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Text }));
    }
}
