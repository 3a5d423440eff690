using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>
/// As "Amazon Titan Multimodal Embeddings G1", "Complete embeddings request and response schema" (Nova) and "InvokeModel" describe it.
/// </summary>
internal sealed class BedrockServer(TimeProvider clock) : ProviderServer(clock)
{
    public const string AccessKey = "AKIAEXAMPLE";
    public const string SecretKey = "secret/of+the+example";
    public const string SessionToken = "session-token-of-the-example";
    public const string ApiKey = "bedrock-api-key";
    public const string Region = "eu-west-1";

    protected override Task AnswerAsync(ReceivedRequest request, HttpResponse response)
    {
        var headers = request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        var fault =
            headers.GetValueOrDefault("authorization") == $"Bearer {ApiKey}"
                ? null
                : new SignatureVerifier(AccessKey, SecretKey, Region, "bedrock").Fault(
                    request.Method,
                    request.Path,
                    request.Query,
                    headers,
                    request.Body
                );
        if (fault is not null)
        {
            return RefuseAsync(response, 403, "InvalidSignatureException", fault);
        }

        return (request.Method, request.Path, headers["content-type"]) switch
        {
            ("POST", "/model/amazon.titan-embed-image-v1/invoke", "application/json") => TitanAsync(request.Json, response),
            ("POST", "/model/amazon.nova-2-multimodal-embeddings-v1%3A0/invoke", "application/json") => NovaAsync(request.Json, response),
            _ => RefuseAsync(response, 404, "ResourceNotFoundException", "There is no such operation."),
        };
    }

    private static Task TitanAsync(JsonElement body, HttpResponse response)
    {
        var length = body.GetProperty("embeddingConfig").GetProperty("outputEmbeddingLength").GetInt32();
        if (length is not (256 or 384 or 1024))
        {
            return RefuseAsync(response, 400, "ValidationException", "outputEmbeddingLength is not allowed.");
        }

        if (body.TryGetProperty("inputText", out var text))
        {
            var tokens = (text.GetString()!.Length + 3) / 4;
            return tokens <= 256
                ? AnswerAsync(response, ColourModel.OfText(text.GetString()!, length), tokens)
                : RefuseAsync(response, 400, "ValidationException", "Too many input tokens.");
        }

        var image = new SentImage(body.GetProperty("inputImage").GetBytesFromBase64());
        return image.LongSide <= 2048 && image.Bytes.Length <= 25_000_000
            ? AnswerAsync(response, ColourModel.OfImage(image.Bytes, length), 0)
            : RefuseAsync(response, 400, "ValidationException", "The image is too large.");
    }

    private static Task NovaAsync(JsonElement body, HttpResponse response)
    {
        var asked = body.GetProperty("singleEmbeddingParams");
        var length = asked.GetProperty("embeddingDimension").GetInt32();
        if (
            body.GetProperty("schemaVersion").GetString() != "nova-multimodal-embed-v1"
            || body.GetProperty("taskType").GetString() != "SINGLE_EMBEDDING"
            || length is not (256 or 384 or 1024 or 3072)
        )
        {
            return RefuseAsync(response, 400, "ValidationException", "The request does not conform to the schema.");
        }

        if (asked.TryGetProperty("text", out var text))
        {
            Assert.Equal("IMAGE_RETRIEVAL", asked.GetProperty("embeddingPurpose").GetString());
            Assert.Equal("END", text.GetProperty("truncationMode").GetString());
            return VectorsAsync(response, "TEXT", ColourModel.OfText(text.GetProperty("value").GetString()!, length));
        }

        var image = asked.GetProperty("image");
        Assert.Equal("GENERIC_INDEX", asked.GetProperty("embeddingPurpose").GetString());
        Assert.Equal(("STANDARD_IMAGE", "jpeg"), (image.GetProperty("detailLevel").GetString(), image.GetProperty("format").GetString()));
        var bytes = image.GetProperty("source").GetProperty("bytes").GetBytesFromBase64();
        return VectorsAsync(response, "IMAGE", ColourModel.OfImage(bytes, length));
    }

    private static Task VectorsAsync(HttpResponse response, string embeddingType, float[] embedding) =>
        response.WriteAsJsonAsync(new { embeddings = new[] { new { embeddingType, embedding } } });

    private static Task AnswerAsync(HttpResponse response, float[] embedding, int inputTextTokenCount) =>
        response.WriteAsJsonAsync(
            new
            {
                embedding,
                inputTextTokenCount,
                message = (string?)null,
            }
        );

    private static Task RefuseAsync(HttpResponse response, int status, string type, string message)
    {
        response.StatusCode = status;
        response.Headers["x-amzn-ErrorType"] = $"{type}:http://internal.amazon.com/coral/com.amazon.bedrock/";
        return response.WriteAsJsonAsync(new { message });
    }
}
