using Functions.Tests.Embeddings.Hosted;
using Functions.Tests.Imaging;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Serverless.Describe;
using Serverless.Embeddings.Hosted;

namespace Functions.Tests.Describe;

/// <summary>OpenAI's own client against a local endpoint.</summary>
public sealed class ChatDescriberTests : IAsyncLifetime
{
    private static readonly byte[] Red = ImageNormaliser.ToJpeg(Pictures.Accepted(Flat.Png(220, 30, 20)), new ImageBounds(1024, 1));

    private readonly ChatServer server = new();

    public async ValueTask InitializeAsync() => await server.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_picture_is_described_in_three_texts_and_its_tokens_are_counted()
    {
        var answer = await AskAsync();

        Assert.Equal("A red field with a darker corner.", answer.Text!.AltText);
        Assert.Contains("painted cardboard", answer.Text.Text, StringComparison.Ordinal);
        Assert.Equal("SAMPLE RED 4711", answer.Text.VisibleText);
        Assert.Equal(new TokensUsed(ChatServer.InputTokens, ChatServer.OutputTokens), answer.Used);
        Assert.Null(answer.Problem);
    }

    [Fact]
    public async Task The_model_gets_the_picture_the_question_and_the_language_and_nothing_else()
    {
        await AskAsync(options => options.Language = "German");

        var request = server.Last.Json;
        Assert.Equal(Red, ChatServer.PictureOf(server.Last));
        Assert.Contains("German", request.GetProperty("messages")[0].GetRawText(), StringComparison.Ordinal);
        Assert.Equal(2, request.GetProperty("messages").GetArrayLength());
        Assert.Equal(2, request.GetProperty("messages")[1].GetProperty("content").GetArrayLength());
        Assert.False(request.TryGetProperty("tools", out _));
        Assert.True(request.GetProperty("response_format").GetProperty("json_schema").GetProperty("strict").GetBoolean());
    }

    [Theory]
    [InlineData("A red field.")]
    [InlineData("{\"altText\": \"A red")]
    [InlineData("{\"altText\": 7, \"description\": \"x\", \"visibleText\": \"\"}")]
    [InlineData("{\"altText\": \" \", \"description\": \"x\", \"visibleText\": \"\"}")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task An_answer_that_is_not_what_was_asked_for_is_paid_and_counts_for_several_attempts(string said)
    {
        server.Says = said;
        var answer = await AskAsync();

        Assert.Null(answer.Text);
        Assert.False(answer.IsFinal);
        Assert.Contains("does not match the requested JSON", answer.Problem, StringComparison.Ordinal);
        Assert.Equal(4, answer.Weight);
        Assert.Equal(ChatServer.OutputTokens, answer.Used!.Value.Output);
    }

    [Fact]
    public async Task A_busy_endpoint_is_asked_again_when_it_says()
    {
        server.Fail(429, new { error = new { message = "Rate limit", code = "rate_limit_exceeded" } }, ("Retry-After", "17"));
        var answer = await AskAsync();

        Assert.Equal(TimeSpan.FromSeconds(17), answer.RetryAfter);
        Assert.Equal((1, false), (answer.Weight, answer.IsFinal));
        Assert.Null(answer.Used);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task What_the_rules_for_content_forbid_is_never_asked_again()
    {
        server.Fail(400, new { error = new { message = "Filtered.", code = "content_filter" } });
        Assert.True((await AskAsync()).IsFinal);

        server.FinishReason = "content_filter";
        var filtered = await AskAsync();
        Assert.True(filtered.IsFinal);
        Assert.NotNull(filtered.Used);
    }

    [Theory]
    [InlineData(400, "JSON schemas")]
    [InlineData(403, "denies access (403)")]
    [InlineData(404, "no model 'gpt-test'")]
    [InlineData(500, "is not available at the moment (500)")]
    [InlineData(503, "is not available at the moment (503)")]
    public async Task An_error_is_told_in_words_that_help_and_tried_again(int status, string said)
    {
        server.Fail(status, new { error = new { message = "Something internal." } });
        var answer = await AskAsync();

        Assert.Contains(said, answer.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("internal", answer.Problem, StringComparison.Ordinal);
        Assert.Equal((false, 1, null), (answer.IsFinal, answer.Weight, answer.Used));
    }

    [Fact]
    public async Task A_key_that_is_refused_is_not_repeated()
    {
        var answer = await AskAsync(options => options.ApiKey = "sk-wrong-and-secret");

        Assert.Contains("Check Describe:ApiKey", answer.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_or_says_nothing_is_told_of()
    {
        var never = new TaskCompletionSource();
        server.Delay = never.Task;
        var silent = await AskAsync(options => options.Timeout = TimeSpan.FromMilliseconds(200));
        never.SetResult();
        await server.DisposeAsync();
        var absent = await AskAsync();

        Assert.All([silent, absent], answer => Assert.Contains("does not answer", answer.Problem, StringComparison.Ordinal));
    }

    private Task<ChatAnswer> AskAsync(Action<DescribeOptions>? set = null)
    {
        var options = new DescribeOptions
        {
            Provider = "chat",
            Endpoint = server.Endpoint,
            Model = ChatServer.Model,
            ApiKey = ChatServer.Key,
        };
        set?.Invoke(options);
        var chat = new Lazy<IChatClient>(() => ChatEndpoint.Client(options, () => throw new InvalidOperationException("No identity.")));
        return new ChatDescriber(chat, Options.Create(options), TimeProvider.System).AskAsync(Red, TestContext.Current.CancellationToken);
    }
}
