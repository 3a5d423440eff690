using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace FunctionsHost.Http;

/// <summary>Sends a request on under the very path, query and host that the caller wrote, rather than an equivalent of them.</summary>
internal sealed class OriginalTarget(Uri target) : HttpTransformer
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public static Uri Of(HttpContext context, Uri handler)
    {
        var prefix = handler.GetLeftPart(UriPartial.Authority);
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget;

        // The handler decodes what is written exactly once, as this server did when it chose the route.
        return raw?.StartsWith('/') == true && Uri.TryCreate(prefix + raw, AsWritten, out var uri)
            ? uri
            : RequestUtilities.MakeDestinationAddress(prefix, context.Request.Path, context.Request.QueryString);
    }

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = target;
    }
}
