using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>
/// As "Multimodal embeddings API" describes it, with the token endpoint of "Using OAuth 2.0 for Server to Server Applications":
/// only tokens that it gave for a signed assertion of its service account open the model.
/// </summary>
internal sealed class VertexServer(TimeProvider clock) : ProviderServer(clock)
{
    public const string Account = "images@example-project.iam.gserviceaccount.com";
    private const string Models = "/v1/projects/example-project/locations/europe-west4/publishers/google/models/";

    private readonly RSA key = RSA.Create(2048);
    private readonly TimeProvider clock = clock;

    public ConcurrentBag<string> Tokens { get; } = [];

    /// <summary>The file that GOOGLE_APPLICATION_CREDENTIALS names.</summary>
    public string ServiceAccountKey =>
        JsonSerializer.Serialize(
            new
            {
                type = "service_account",
                project_id = "example-project",
                private_key_id = "1",
                private_key = key.ExportPkcs8PrivateKeyPem(),
                client_email = Account,
                client_id = "1",
                token_uri = $"{Address}/token",
                universe_domain = "googleapis.com",
            }
        );

    protected override Task AnswerAsync(ReceivedRequest request, HttpResponse response)
    {
        if (request.Path == "/token")
        {
            return TokenAsync(request, response);
        }

        if (!Tokens.Any(token => request.Headers.Authorization == $"Bearer {token}"))
        {
            return RefuseAsync(response, 401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
        }

        return (request.Method, request.Path) switch
        {
            ("POST", Models + "multimodalembedding@001:predict") => PredictAsync(request, response),
            ("POST", Models + "gemini-embedding-2:embedContent") => EmbedContentAsync(request, response),
            _ => RefuseAsync(response, 404, "NOT_FOUND", "Publisher Model was not found."),
        };
    }

    private static Task EmbedContentAsync(ReceivedRequest request, HttpResponse response)
    {
        var part = Assert.Single(request.Json.GetProperty("content").GetProperty("parts").EnumerateArray());
        var length = request.Json.GetProperty("outputDimensionality").GetInt32();
        if (length is < 128 or > 3072)
        {
            return RefuseAsync(response, 400, "INVALID_ARGUMENT", "Invalid dimension.");
        }

        if (part.TryGetProperty("text", out var text))
        {
            Assert.StartsWith("task: search result | query: ", text.GetString(), StringComparison.Ordinal);
            return ValuesAsync(response, ColourModel.OfText(text.GetString()!, length));
        }

        var data = part.GetProperty("inlineData");
        Assert.Equal("image/jpeg", data.GetProperty("mimeType").GetString());
        return ValuesAsync(response, ColourModel.OfImage(data.GetProperty("data").GetBytesFromBase64(), length));
    }

    private static Task ValuesAsync(HttpResponse response, float[] values) => response.WriteAsJsonAsync(new { embedding = new { values } });

    private static Task PredictAsync(ReceivedRequest request, HttpResponse response)
    {
        var instance = Assert.Single(request.Json.GetProperty("instances").EnumerateArray());
        var dimension = request.Json.GetProperty("parameters").GetProperty("dimension").GetInt32();
        if (dimension is not (128 or 256 or 512 or 1408))
        {
            return RefuseAsync(response, 400, "INVALID_ARGUMENT", "Invalid dimension.");
        }

        if (instance.TryGetProperty("text", out var text))
        {
            return response.WriteAsJsonAsync(
                new
                {
                    predictions = new[] { new { textEmbedding = ColourModel.OfText(text.GetString()!, dimension) } },
                    deployedModelId = "1",
                }
            );
        }

        var image = new SentImage(instance.GetProperty("image").GetProperty("bytesBase64Encoded").GetBytesFromBase64());
        Assert.Equal("image/jpeg", instance.GetProperty("image").GetProperty("mimeType").GetString());
        return response.WriteAsJsonAsync(
            new { predictions = new[] { new { imageEmbedding = ColourModel.OfImage(image.Bytes, dimension) } }, deployedModelId = "1" }
        );
    }

    private Task TokenAsync(ReceivedRequest request, HttpResponse response)
    {
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(request.Body));
        var parts = form["assertion"].ToString().Split('.');
        var signed =
            parts.Length == 3
            && key.VerifyData(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                WebEncoders.Base64UrlDecode(parts[2]),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            );
        if (
            form["grant_type"] != "urn:ietf:params:oauth:grant-type:jwt-bearer"
            || !signed
            || !IsFor(JsonDocument.Parse(WebEncoders.Base64UrlDecode(parts[1])).RootElement)
        )
        {
            response.StatusCode = 400;
            return response.WriteAsJsonAsync(new { error = "invalid_grant", error_description = "Invalid JWT Signature." });
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Tokens.Add(token);
        return response.WriteAsJsonAsync(
            new
            {
                access_token = token,
                expires_in = 3600,
                token_type = "Bearer",
            }
        );
    }

    private bool IsFor(JsonElement claims)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return claims.GetProperty("iss").GetString() == Account
            && claims.GetProperty("aud").GetString() == "https://oauth2.googleapis.com/token"
            && claims.GetProperty("scope").GetString() == "https://www.googleapis.com/auth/cloud-platform"
            && claims.GetProperty("iat").GetInt64() <= now + 10
            && claims.GetProperty("exp").GetInt64() > now;
    }

    private static Task RefuseAsync(HttpResponse response, int code, string status, string message)
    {
        response.StatusCode = code;
        return response.WriteAsJsonAsync(
            new
            {
                error = new
                {
                    code,
                    message,
                    status,
                },
            }
        );
    }
}
