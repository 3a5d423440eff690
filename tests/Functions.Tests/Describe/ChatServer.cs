using System.Text.Json;
using Functions.Tests.Embeddings.Hosted;
using Microsoft.AspNetCore.Http;

namespace Functions.Tests.Describe;

/// <summary>
/// An OpenAI-compatible endpoint with a model that sees one thing: which of three colours a picture has most of. It refuses what the chat
/// completions of OpenAI do not take.
/// </summary>
internal sealed class ChatServer() : ProviderServer(TimeProvider.System)
{
    public const string Key = "sk-0123456789abcdefghij";
    public const string Model = "gpt-test";
    public const int InputTokens = 1000;
    public const int OutputTokens = 100;
    private const string Prefix = "data:image/jpeg;base64,";

    private static readonly string[] Colours = ["red", "green", "blue"];

    public string Endpoint => $"{Address}/v1";

    /// <summary>What is said in the place of the JSON.</summary>
    public string? Says { get; set; }

    public string FinishReason { get; set; } = "stop";

    public static byte[] PictureOf(ReceivedRequest request) =>
        Convert.FromBase64String(
            request
                .Json.GetProperty("messages")
                .EnumerateArray()
                .Last()
                .GetProperty("content")
                .EnumerateArray()
                .Single(part => part.GetProperty("type").GetString() == "image_url")
                .GetProperty("image_url")
                .GetProperty("url")
                .GetString()![Prefix.Length..]
        );

    protected override Task AnswerAsync(ReceivedRequest request, HttpResponse response)
    {
        if (request.Headers.Authorization != $"Bearer {Key}")
        {
            return RefuseAsync(response, 401, $"Incorrect API key provided: {request.Headers.Authorization}.");
        }

        var schema = request.Json.GetProperty("response_format");
        if (
            request.Path != "/v1/chat/completions"
            || request.Json.GetProperty("model").GetString() != Model
            || schema.GetProperty("type").GetString() != "json_schema"
            || schema.GetProperty("json_schema").GetProperty("schema").GetProperty("required").GetArrayLength() != 3
        )
        {
            return RefuseAsync(response, 404, "There is nothing of that kind.");
        }

        return response.WriteAsJsonAsync(
            new
            {
                id = "chatcmpl-1",
                @object = "chat.completion",
                created = 1,
                model = Model,
                choices = new[]
                {
                    new
                    {
                        index = 0,
                        message = new { role = "assistant", content = Says ?? Describe(PictureOf(request)) },
                        finish_reason = FinishReason,
                    },
                },
                usage = new
                {
                    prompt_tokens = InputTokens,
                    completion_tokens = OutputTokens,
                    total_tokens = InputTokens + OutputTokens,
                },
            }
        );
    }

    private static string Describe(byte[] picture)
    {
        var vector = ColourModel.OfImage(picture, 64);
        var colour = Colours[Array.IndexOf(vector[..3], vector[..3].Max())];
        return JsonSerializer.Serialize(
            new
            {
                altText = $"A {colour} field with a darker corner.",
                description = $"The whole picture is {colour}, like painted cardboard. Its upper left corner is darker.",
                visibleText = $"SAMPLE {colour.ToUpperInvariant()} 4711",
            }
        );
    }

    private static Task RefuseAsync(HttpResponse response, int status, string message)
    {
        response.StatusCode = status;
        return response.WriteAsJsonAsync(
            new
            {
                error = new
                {
                    message,
                    type = "invalid_request_error",
                    code = "x",
                },
            }
        );
    }
}
