using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace FunctionsHost.Http;

/// <summary>Forwards path and query exactly as the caller wrote them: the worker decodes the path once, as this server did.</summary>
internal sealed class AsWritten : HttpTransformer
{
    private static readonly UriCreationOptions NotNormalised = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext,
        HttpRequestMessage proxyRequest,
        string destinationPrefix,
        CancellationToken cancellationToken
    )
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var target = httpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.StartsWith('/') && Uri.TryCreate(destinationPrefix + target, NotNormalised, out var uri))
        {
            proxyRequest.RequestUri = uri;
        }
    }
}
