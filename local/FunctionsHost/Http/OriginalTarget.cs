using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace FunctionsHost.Http;

/// <summary>Sends a request on under the very path and query that the caller wrote, as the request of an invocation.</summary>
internal sealed class OriginalTarget(string invocation, Activity? span) : HttpTransformer
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext,
        HttpRequestMessage proxyRequest,
        string destinationPrefix,
        CancellationToken cancellationToken
    )
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);

        // The worker decodes what is written exactly once, as this server did when it chose the route.
        var raw = httpContext.Features.Get<IHttpRequestFeature>()?.RawTarget;
        proxyRequest.RequestUri =
            raw?.StartsWith('/') == true && Uri.TryCreate(destinationPrefix + raw, AsWritten, out var uri)
                ? uri
                : RequestUtilities.MakeDestinationAddress(destinationPrefix, httpContext.Request.Path, httpContext.Request.QueryString);
        Set(FunctionHttpHandler.InvocationHeader, invocation);
        Set("X-Forwarded-Host", httpContext.Request.Host.Value);
        Set("X-Forwarded-Proto", httpContext.Request.Scheme);
        Set("X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());
        if (span is not null)
        {
            Set("traceparent", span.Id);
        }

        void Set(string name, string? value)
        {
            proxyRequest.Headers.Remove(name);
            proxyRequest.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
