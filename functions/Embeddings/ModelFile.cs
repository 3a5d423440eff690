using System.Text.Json;

namespace Serverless.Embeddings;

internal static class ModelFile
{
    public static JsonDocument ReadJson(string path)
    {
        try
        {
            using var stream = File.OpenRead(Existing(path));
            return JsonDocument.Parse(
                stream,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
        }
        catch (JsonException exception)
        {
            throw new ModelException(path, $"not valid JSON: {exception.Message}", exception);
        }
    }

    public static string Existing(string path) => File.Exists(path) ? path : throw new ModelException(path, "the file is missing.");
}
