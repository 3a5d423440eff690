using System.Net;
using FunctionsHost.Handler;
using Yarp.ReverseProxy.Forwarder;

namespace FunctionsHost.Http;

/// <summary>Streams a request to the handler as it came, and the answer back as it comes.</summary>
internal sealed class HandlerProxy(
    HandlerSupervisor supervisor, HttpMessageInvoker http, IHttpForwarder forwarder, TriggerEndpoints triggers, TimeSpan functionTimeout)
{
    private static readonly TimeSpan HandlerWait = TimeSpan.FromSeconds(30);

    private readonly ForwarderRequestConfig _config = new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = functionTimeout,
    };

    public async Task ForwardAsync(HttpContext context)
    {
        if (await FindHandlerAsync(context.RequestAborted) is not { } handler)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync("The function app is not running. The host's output says why.");
            return;
        }

        var target = OriginalTarget.Of(context, handler);
        if (triggers.Reaches(context.Request.Path) || triggers.Reaches(target.PathAndQuery))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await forwarder.SendAsync(context, handler.GetLeftPart(UriPartial.Authority), http, _config, new OriginalTarget(target));
    }

    private async Task<Uri?> FindHandlerAsync(CancellationToken aborted)
    {
        try
        {
            return (await supervisor.WhenReadyAsync(aborted).WaitAsync(HandlerWait, aborted)).Address;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !aborted.IsCancellationRequested)
        {
            return null;
        }
    }
}
