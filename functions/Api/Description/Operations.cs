using Microsoft.OpenApi;

namespace Serverless.Api.Description;

internal static class Operations
{
    public static IEnumerable<OpenApiOperation> Of(OpenApiDocument document) =>
        document.Paths.Values.Where(path => path.Operations is not null).SelectMany(path => path.Operations!.Values);
}
