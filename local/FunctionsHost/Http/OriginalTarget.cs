using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace FunctionsHost.Http;

/// <summary>Forwards an invocation's request with path and query exactly as the caller wrote them.</summary>
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

        // The worker decodes the path once, as this server did to choose the route.
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
