using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.Extensions.Options;

namespace Serverless.Search;

/// <summary>
/// Creates an index by a request of our own: the client library speaks 2023-11-01, which does not know the quantization of
/// vectors with rescoring that <c>index.json</c> asks for.
/// </summary>
internal sealed class IndexCreation(IOptions<SearchOptions> options)
{
    private const string ApiVersion = "2024-07-01";

    private readonly Uri endpoint = new(options.Value.Endpoint);
    private readonly HttpPipeline pipeline = HttpPipelineBuilder.Build(
        SearchServices.ClientOptions(options.Value),
        Authentication(options.Value)
    );

    /// <summary>Creates the index where there is none of that name; one that exists is never altered.</summary>
    public async Task CreateAsync(IndexDefinition definition, CancellationToken cancellation)
    {
        using var message = Put(definition.Name, definition.ToJson(), ("If-None-Match", "*"));
        await pipeline.SendAsync(message, cancellation);

        // Another instance that starts at the same time may have been first.
        if (message.Response.IsError && message.Response.Status != (int)HttpStatusCode.PreconditionFailed)
        {
            throw new RequestFailedException(message.Response);
        }
    }

    /// <summary>
    /// Gives an index what it lacks of a definition. New analyzers take it offline for some seconds, in which searches and writes fail
    /// and are tried again.
    /// </summary>
    public async Task ExtendAsync(IndexDefinition definition, CancellationToken cancellation)
    {
        using var reading = pipeline.CreateMessage();
        reading.Request.Method = RequestMethod.Get;
        reading.Request.Uri.Reset(AddressOf(definition.Name));
        await pipeline.SendAsync(reading, cancellation);
        if (reading.Response.IsError)
        {
            throw new RequestFailedException(reading.Response);
        }

        var version = reading.Response.Headers.ETag?.ToString("H") ?? "*";
        using var message = Put(definition.Name, definition.Extend(reading.Response.Content), ("If-Match", version));
        message.Request.Uri.AppendQuery("allowIndexDowntime", "true");
        await pipeline.SendAsync(message, cancellation);

        // Another instance that starts at the same time may have been first, with the same fields.
        if (message.Response.IsError && message.Response.Status != (int)HttpStatusCode.PreconditionFailed)
        {
            throw new RequestFailedException(message.Response);
        }
    }

    private HttpMessage Put(string name, BinaryData definition, (string Name, string Value) condition)
    {
        var message = pipeline.CreateMessage();
        var request = message.Request;
        request.Method = RequestMethod.Put;
        request.Uri.Reset(AddressOf(name));
        request.Headers.Add("Content-Type", "application/json");
        request.Headers.Add(condition.Name, condition.Value);
        request.Headers.Add("Prefer", "return=minimal");
        request.Content = RequestContent.Create(definition);
        return message;
    }

    private Uri AddressOf(string name) => new(endpoint, $"/indexes('{name}')?api-version={ApiVersion}");

    private static HttpPipelinePolicy Authentication(SearchOptions options) =>
        string.IsNullOrEmpty(options.ApiKey)
            ? new BearerTokenAuthenticationPolicy(new DefaultAzureCredential(), "https://search.azure.com/.default")
            : new KeyPolicy(options.ApiKey);

    private sealed class KeyPolicy(string key) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) => message.Request.Headers.SetValue("api-key", key);
    }
}
