using System.ClientModel;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Serverless.Telemetry;

namespace Serverless.Describe;

/// <summary>
/// Asks a chat model what a picture shows. Errors are reported in the app's own words: an endpoint's may contain parts of a key.
/// </summary>
internal sealed class ChatDescriber(Lazy<IChatClient> chat, IOptions<DescribeOptions> options, TimeProvider clock)
{
    /// <summary>Maximum number of retries: each attempt is paid for.</summary>
    private const int WeightOfBroken = 4;

    private readonly DescribeOptions options = options.Value;

    public async Task<ChatAnswer> AskAsync(byte[] jpeg, CancellationToken cancellation)
    {
        try
        {
            var messages = DescriptionPrompt.For(jpeg, options.Language);
            return Judge(await chat.Value.GetResponseAsync(messages, DescriptionPrompt.Options(), cancellation));
        }
        catch (ClientResultException error)
        {
            return Explain(error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or AggregateException || IsTimeout(error, cancellation))
        {
            return new ChatAnswer(null, $"The model at {options.Endpoint} does not answer. Check Describe:Endpoint and the network.");
        }
        catch (Exception error)
            when (error is InvalidOperationException or FormatException or ArgumentException or System.Text.Json.JsonException)
        {
            return Broken("it is not a chat model's answer", default);
        }
    }

    private static bool IsTimeout(Exception error, CancellationToken cancellation) =>
        error is OperationCanceledException && !cancellation.IsCancellationRequested;

    private static ChatAnswer Judge(ChatResponse response)
    {
        var used = new TokensUsed(response.Usage?.InputTokenCount ?? 0, response.Usage?.OutputTokenCount ?? 0);
        return response.FinishReason == ChatFinishReason.ContentFilter ? Refused(used)
            : ChatAnswer.Read(response.Text) is { } text ? new ChatAnswer(text, Used: used)
            : response.FinishReason == ChatFinishReason.Length ? Broken("it is longer than allowed", used)
            : Broken("it does not match the requested JSON", used);
    }

    private static ChatAnswer Broken(string why, TokensUsed used) =>
        new(null, $"The model's answer cannot be used: {why}. Check that Describe:Model supports pictures and JSON schemas.")
        {
            Weight = WeightOfBroken,
            Used = used,
        };

    private static ChatAnswer Refused(TokensUsed? used) =>
        new(null, "The model refuses to describe this picture: its content policy forbids it.", IsFinal: true, Used: used);

    private ChatAnswer Explain(ClientResultException error)
    {
        var response = error.GetRawResponse();
        var retryAfter = RetryAfter(response);
        return error.Status switch
        {
            400 when Says(response, "content_filter") || Says(response, "content_policy") => Refused(null),
            400 or 415 or 422 => new(
                null,
                $"The model refuses the request ({error.Status}). Check that Describe:Model supports pictures and JSON schemas."
            ),
            401 or 403 => new(
                null,
                $"The model at {options.Endpoint} denies access ({error.Status}). Check Describe:ApiKey, or the app's role."
            ),
            404 => new(null, $"There is no model '{options.Model}' at {options.Endpoint}. Check Describe:Model and Describe:Endpoint."),
            429 => new(null, "The model is throttling requests (429), or its quota is used up.", RetryAfter: retryAfter),
            0 => new(null, $"The model at {options.Endpoint} does not answer. Check Describe:Endpoint and the network."),
            _ => new(null, $"The model at {options.Endpoint} is not available at the moment ({error.Status}).", RetryAfter: retryAfter),
        };
    }

    private static bool Says(System.ClientModel.Primitives.PipelineResponse? response, string words) =>
        response?.Content.ToString().Contains(words, StringComparison.OrdinalIgnoreCase) == true;

    private TimeSpan? RetryAfter(System.ClientModel.Primitives.PipelineResponse? response) =>
        response?.Headers.TryGetValue("Retry-After", out var value) == true ? RetryAfterHeader.Read(value, clock.GetUtcNow()) : null;
}
