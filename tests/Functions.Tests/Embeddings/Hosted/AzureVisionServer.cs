using Microsoft.AspNetCore.Http;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>As "Do image retrieval using multimodal embeddings (version 4.0)" describes it.</summary>
internal sealed class AzureVisionServer(TimeProvider clock) : ProviderServer(clock)
{
    public const string Key = "0123456789abcdef0123456789abcdef";
    public const string Token = "entra-token";
    private const string Versions = "?api-version=2024-02-01&model-version=2023-04-15";

    protected override Task AnswerAsync(ReceivedRequest request, HttpResponse response)
    {
        if (request.Headers["Ocp-Apim-Subscription-Key"] != Key && request.Headers.Authorization != $"Bearer {Token}")
        {
            return RefuseAsync(response, 401, "401");
        }

        if (request.Method != "POST" || request.Query != Versions)
        {
            return RefuseAsync(response, 404, "404");
        }

        return request.Path switch
        {
            "/computervision/retrieval:vectorizeImage" when request.Headers.ContentType != "image/jpeg" => RefuseAsync(
                response,
                415,
                "UnsupportedMediaType"
            ),
            "/computervision/retrieval:vectorizeImage" => ImageAsync(request.Body, response),
            "/computervision/retrieval:vectorizeText" => TextAsync(request.Json.GetProperty("text").GetString()!, response),
            _ => RefuseAsync(response, 404, "404"),
        };
    }

    private static Task ImageAsync(byte[] bytes, HttpResponse response)
    {
        var image = new SentImage(bytes);
        return bytes.Length < 20_000_000 && image.ShortSide > 10 && image.LongSide < 16_000
            ? VectorAsync(response, ColourModel.OfImage(bytes, 1024))
            : RefuseAsync(response, 400, "InvalidImageSize");
    }

    private static Task TextAsync(string text, HttpResponse response) =>
        text.Split(' ').Length is >= 1 and <= 70
            ? VectorAsync(response, ColourModel.OfText(text, 1024))
            : RefuseAsync(response, 400, "InvalidArgument");

    private static Task VectorAsync(HttpResponse response, float[] vector) =>
        response.WriteAsJsonAsync(new { modelVersion = "2023-04-15", vector });

    private static Task RefuseAsync(HttpResponse response, int status, string code)
    {
        response.StatusCode = status;
        return response.WriteAsJsonAsync(
            new
            {
                error = new
                {
                    code = "InvalidRequest",
                    message = "The request is not valid.",
                    innererror = new { code, message = code },
                },
            }
        );
    }
}
