using Azure;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Serverless.Api;
using Serverless.Imaging.Decoders;
using Serverless.Telemetry;

namespace Functions.Tests.Api;

public sealed class ErrorHandlerTests
{
    [Fact]
    public async Task Where_the_decoders_are_busy_a_client_is_told_to_come_back()
    {
        var (status, retryAfter, body) = await AnswerAsync(new DecodersBusyException(TimeSpan.FromSeconds(20)));
        Assert.Equal((503, "5"), (status, retryAfter));
        Assert.Contains("\"type\":\"/problems/overloaded\"", body, StringComparison.Ordinal);
        Assert.Contains("Other pictures kept the decoders busy for 20 s. Try again.", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_turns_out_to_be_bad_is_the_clients_matter()
    {
        var (status, retryAfter, body) = await AnswerAsync(new UndecodableException("The picture crashed the decoder twice."));
        Assert.Equal((422, ""), (status, retryAfter));
        Assert.Contains("The picture crashed the decoder twice.", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search", "The search service refuses the app")]
    [InlineData("storage", "The storage account refuses the app")]
    public async Task A_service_that_refuses_a_request_is_named(string service, string title)
    {
        var options = new BlobClientOptions
        {
            RetryPolicy = new DependencyRetries(service),
            Transport = new HttpClientTransport(new Refusal()),
        };
        var client = new BlobContainerClient(new Uri("http://127.0.0.1:9/account/images"), options);
        var error = await Assert.ThrowsAsync<RequestFailedException>(async () => await client.GetPropertiesAsync());
        var (status, retryAfter, body) = await AnswerAsync(error);
        Assert.Equal((503, "5"), (status, retryAfter));
        Assert.Contains(title, body, StringComparison.Ordinal);
        Assert.Contains($"\"type\":\"/problems/{service}Unavailable\"", body, StringComparison.Ordinal);
        Assert.Contains("(403)", body, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string RetryAfter, string Body)> AnswerAsync(Exception error)
    {
        await using var services = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Response.Body = body;
        var handler = new ErrorHandler(services.GetRequiredService<IProblemDetailsService>(), NullLogger<ErrorHandler>.Instance);
        Assert.True(await handler.TryHandleAsync(context, error, CancellationToken.None));
        return (
            context.Response.StatusCode,
            context.Response.Headers.RetryAfter.ToString(),
            System.Text.Encoding.UTF8.GetString(body.ToArray())
        );
    }

    private sealed class Refusal : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden));
    }
}
