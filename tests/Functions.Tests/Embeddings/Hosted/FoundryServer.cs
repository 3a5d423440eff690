using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>As "Get Image Embeddings" and "Get Embeddings" of the Azure AI Model Inference API describe it, with Cohere Embed 4.</summary>
internal sealed class FoundryServer(TimeProvider clock) : ProviderServer(clock)
{
    public const string Key = "fedcba9876543210fedcba9876543210";
    public const string Token = "entra-token";
    private const int MostPixels = 2_458_624;

    protected override Task AnswerAsync(ReceivedRequest request, HttpResponse response)
    {
        if (request.Headers["api-key"] != Key && request.Headers.Authorization != $"Bearer {Token}")
        {
            return RefuseAsync(response, 401, "Unauthorized");
        }

        if (request.Method != "POST" || request.Query != "?api-version=2024-05-01-preview")
        {
            return RefuseAsync(response, 404, "NotFound");
        }

        var body = request.Json;
        var length = body.GetProperty("dimensions").GetInt32();
        if (body.GetProperty("model").GetString() != "embed-v-4-0")
        {
            return RefuseAsync(response, 404, "DeploymentNotFound");
        }

        if (length is not (256 or 512 or 1024 or 1536) || body.GetProperty("encoding_format").GetString() != "float")
        {
            return RefuseAsync(response, 422, "unprocessable_entity");
        }

        var input = Assert.Single(body.GetProperty("input").EnumerateArray());
        var type = body.GetProperty("input_type").GetString();
        return (request.Path, type) switch
        {
            ("/models/images/embeddings", "document") => ImageAsync(input, length, response),
            ("/models/embeddings", "query") => VectorAsync(response, ColourModel.OfText(input.GetString()!, length)),
            _ => RefuseAsync(response, 422, "unprocessable_entity"),
        };
    }

    private static Task ImageAsync(JsonElement input, int length, HttpResponse response)
    {
        var url = input.GetProperty("image").GetString()!;
        Assert.StartsWith("data:image/jpeg;base64,", url, StringComparison.Ordinal);
        var image = new SentImage(Convert.FromBase64String(url[(url.IndexOf(',', StringComparison.Ordinal) + 1)..]));
        return image.LongSide * image.ShortSide <= MostPixels
            ? VectorAsync(response, ColourModel.OfImage(image.Bytes, length))
            : RefuseAsync(response, 400, "image too large");
    }

    private static Task VectorAsync(HttpResponse response, float[] embedding) =>
        response.WriteAsJsonAsync(
            new
            {
                @object = "list",
                data = new[]
                {
                    new
                    {
                        @object = "embedding",
                        index = 0,
                        embedding,
                    },
                },
                model = "embed-v-4-0",
                usage = new { prompt_tokens = 7, total_tokens = 7 },
            }
        );

    private static Task RefuseAsync(HttpResponse response, int status, string code)
    {
        response.StatusCode = status;
        return response.WriteAsJsonAsync(new { error = new { code, message = code } });
    }
}
