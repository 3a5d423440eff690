using Microsoft.AspNetCore.Http;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>As "Amazon Titan Multimodal Embeddings G1" and "InvokeModel" describe it.</summary>
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

        if (
            request.Method != "POST"
            || request.Path != "/model/amazon.titan-embed-image-v1/invoke"
            || headers["content-type"] != "application/json"
        )
        {
            return RefuseAsync(response, 404, "ResourceNotFoundException", "There is no such operation.");
        }

        var body = request.Json;
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
