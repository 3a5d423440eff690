using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using StorageProxy.Events;
using StorageProxy.Storage;
using Yarp.ReverseProxy.Forwarder;

namespace StorageProxy.Http;

/// <summary>Forwards each request with its target, headers and bytes unchanged, because the signature covers them.</summary>
internal sealed class StorageForwarder(IHttpForwarder forwarder, string secret, EventDelivery events) : IDisposable
{
    public const string SecretHeader = "storage-proxy-secret";

    private static readonly ForwarderRequestConfig Config = new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = TimeSpan.FromMinutes(10),
    };

    private readonly HttpMessageInvoker client = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,

            // Azurite closes connections that are idle for five seconds.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(3),
        }
    );

    public StorageEndpoints? Backend { get; set; }

    public void Dispose() => client.Dispose();

    public async Task ForwardAsync(HttpContext context, StorageService service, StorageEndpoints front)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!raw.StartsWith('/'))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (Backend?.Of(service) is not { } backend)
        {
            AnswerUnavailable(context.Response);
            return;
        }

        var changes = service == StorageService.Blob ? await ExpectedChanges.ReadAsync(context.Request, raw, front.Blob) : null;
        if (changes is not null)
        {
            // Once Azurite has the whole request, it may succeed: the event must be raised even if the client does not wait for the answer.
            context.RequestAborted = CancellationToken.None;
        }

        var transformer = new Transformer(StorageTarget.Of(backend, raw), secret, service, changes, events);
        if (
            await forwarder.SendAsync(context, backend.GetLeftPart(UriPartial.Authority), client, Config, transformer)
                != ForwarderError.None
            && !context.Response.HasStarted
        )
        {
            AnswerUnavailable(context.Response);
        }
    }

    /// <summary>A status after which storage clients retry.</summary>
    private static void AnswerUnavailable(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers["x-ms-error-code"] = "ServerBusy";
        response.Headers.RetryAfter = "1";
    }

    private sealed class Transformer(Uri target, string secret, StorageService service, ExpectedChanges? changes, EventDelivery events)
        : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext,
            HttpRequestMessage proxyRequest,
            string destinationPrefix,
            CancellationToken cancellationToken
        )
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.RequestUri = target;
            proxyRequest.Headers.ExpectContinue = null;
            proxyRequest.Headers.Remove(SecretHeader);
            proxyRequest.Headers.Add(SecretHeader, secret);
        }

        public override async ValueTask<bool> TransformResponseAsync(
            HttpContext httpContext,
            HttpResponseMessage? proxyResponse,
            CancellationToken cancellationToken
        )
        {
            if (proxyResponse is not null && changes is not null && !await TryRaiseAsync(proxyResponse))
            {
                AnswerUnavailable(httpContext.Response);
                return false;
            }

            var goesOn = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
            if (service == StorageService.Blob)
            {
                Disarm(httpContext.Response);
            }

            return goesOn;
        }

        /// <summary>
        /// The answer to a change waits until its event is stored; if it cannot be stored, the client must retry.
        /// </summary>
        private async Task<bool> TryRaiseAsync(HttpResponseMessage response)
        {
            try
            {
                foreach (var raised in await changes!.MadeAsync(response))
                {
                    events.Raise(raised);
                }

                return true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                events.Complain($"An event cannot be stored, so its upload or deletion is answered with 503: {exception.Message}");
                return false;
            }
        }

        /// <summary>An uploaded HTML page would otherwise run with the account's own origin.</summary>
        private static void Disarm(HttpResponse response)
        {
            response.Headers.XContentTypeOptions = "nosniff";
            if (
                response.ContentType is { } type
                && (type.Contains("html", StringComparison.OrdinalIgnoreCase) || type.Contains("xml", StringComparison.OrdinalIgnoreCase))
            )
            {
                response.Headers.ContentSecurityPolicy = "sandbox";
            }
        }
    }
}
