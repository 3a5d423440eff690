using System.Diagnostics;
using System.Net;
using FunctionsHost.Diagnostics;
using FunctionsHost.Worker;
using Yarp.ReverseProxy.Forwarder;

namespace FunctionsHost.Http;

/// <summary>Routes requests to functions, streaming both ways.</summary>
internal sealed class HttpFunctions(
    WorkerSupervisor supervisor,
    FunctionRoutes routes,
    FunctionKey key,
    IHttpForwarder forwarder,
    TimeSpan functionTimeout
) : IDisposable
{
    private static readonly TimeSpan WorkerWait = TimeSpan.FromSeconds(30);

    private readonly HttpMessageInvoker http = new(WorkerSockets.Create());
    private readonly ForwarderRequestConfig config = new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = functionTimeout,
    };

    public async Task HandleAsync(HttpContext context)
    {
        if (routes.Match(context.Request.Method, context.Request.Path) is not { } match)
        {
            ShowHomePage(context);
        }
        else if (!match.Function.IsAnonymous && !key.Admits(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (await FindWorkerAsync(context.RequestAborted) is { HttpUri: not null } worker)
        {
            await ForwardAsync(context, match, worker);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync("The function app is not running. The host's output says why.");
        }
    }

    public void Dispose() => http.Dispose();

    private async Task ForwardAsync(HttpContext context, FunctionMatch match, WorkerProcess worker)
    {
        var parent = context.Request.Headers.TraceParent.ToString();
        var id = Guid.NewGuid().ToString();
        using var span = Tracing.StartInvocation(match.Function.Name, id, ActivityKind.Server, parent);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var invocation = match.ToInvocation(context.Request.QueryString.Value ?? "", span?.Id ?? parent) with { Id = id };
        var running = supervisor.InvokeAsync(worker, invocation, cancellation.Token);
        var error = await forwarder.SendAsync(
            context,
            worker.HttpUri!.GetLeftPart(UriPartial.Authority),
            http,
            config,
            new OriginalTarget(id, span)
        );
        if (error != ForwarderError.None)
        {
            await cancellation.CancelAsync();
        }

        // In this order, because a function that throws before it writes makes its server answer an empty 200.
        if (!(await running).Succeeded && error == ForwarderError.None && !context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private async Task<WorkerProcess?> FindWorkerAsync(CancellationToken aborted)
    {
        try
        {
            return await supervisor.WhenReadyAsync(aborted).WaitAsync(WorkerWait, aborted);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>The host in Azure shows its own page at this path; here people expect the app's.</summary>
    private void ShowHomePage(HttpContext context)
    {
        if (context.Request.Path == "/" && routes.Match(HttpMethods.Get, "/ui") is not null)
        {
            context.Response.Redirect("/ui");
            return;
        }

        context.Response.StatusCode = context.Request.Path == "/" ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
    }
}
