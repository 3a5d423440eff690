using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.Extensions.Options;

namespace Serverless.Search;

/// <summary>
/// Creates an index with a raw request: the client library uses API version 2023-11-01, which lacks the vector quantization with rescoring
/// that <c>index.json</c> needs.
/// </summary>
internal sealed class IndexCreation(IOptions<SearchOptions> options)
{
    private const string ApiVersion = "2024-07-01";

    private readonly Uri endpoint = new(options.Value.Endpoint);
    private readonly HttpPipeline pipeline = HttpPipelineBuilder.Build(
        SearchServices.ClientOptions(options.Value),
        Authentication(options.Value)
    );

    /// <summary>Creates the index if there is none of that name; never alters an existing one.</summary>
    public async Task CreateAsync(IndexDefinition definition, CancellationToken cancellation)
    {
        using var message = Put(definition.Name, definition.ToJson(), ("If-None-Match", "*"));
        await pipeline.SendAsync(message, cancellation);

        // Another instance may have created it at the same time.
        if (message.Response.IsError && message.Response.Status != (int)HttpStatusCode.PreconditionFailed)
        {
            throw new RequestFailedException(message.Response);
        }
    }

    /// <summary>
    /// Adds the missing parts of a definition to an index. New analyzers take it offline for a few seconds, in which searches and writes
    /// fail and are retried.
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

        // Another instance may have added the same fields at the same time.
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
