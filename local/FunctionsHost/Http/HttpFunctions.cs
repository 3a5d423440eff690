using System.Diagnostics;
using System.Net;
using FunctionsHost.Diagnostics;
using FunctionsHost.Worker;
using FunctionsHost.Worker.Protocol;
using Yarp.ReverseProxy.Forwarder;

namespace FunctionsHost.Http;

/// <summary>Routes requests to functions, streaming both ways.</summary>
internal sealed class HttpFunctions(WorkerSupervisor supervisor, FunctionRoutes routes, FunctionKey key, IHttpForwarder forwarder)
    : IDisposable
{
    private static readonly TimeSpan WorkerWait = TimeSpan.FromSeconds(30);

    private readonly HttpMessageInvoker http = new(
        new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
        }
    );
    private readonly ForwarderRequestConfig config = new() { ActivityTimeout = supervisor.FunctionTimeout };
    private readonly AsWritten transformer = new();

    public async Task HandleAsync(HttpContext context)
    {
        if (routes.Match(context.Request.Method, context.Request.Path) is not { } match)
        {
            await ShowHomePageAsync(context);
        }
        else if (!match.Function.IsAnonymous && !key.Admits(context.Request))
        {
            await HostProblem.KeyNeededAsync(context);
        }
        else if (await FindWorkerAsync(context.RequestAborted) is { HttpUri: not null } worker)
        {
            await ForwardAsync(context, match, worker);
        }
        else
        {
            await HostProblem.AnswerAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "The function app is not running.",
                "The host's output says why."
            );
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>The call goes over the worker protocol, the request itself to the worker's web server.</summary>
    private async Task ForwardAsync(HttpContext context, FunctionMatch match, WorkerProcess worker)
    {
        var request = context.Request;
        var id = Guid.NewGuid().ToString();
        var parent = request.Headers.TraceParent.ToString();
        using var span = Tracing.StartInvocation(match.Function.Name, id, ActivityKind.Server, parent);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var values = request.Query.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value)).Concat(match.Values);
        var invocation = new Invocation(match.Function.Name, new() { [match.Function.Trigger.Name] = new() { Http = new() } })
        {
            Id = id,
            TraceParent = span?.Id ?? parent,
        };
        foreach (var (name, value) in values.Where(pair => pair.Value is not null))
        {
            invocation.Metadata[name] = new TypedData { String = value!.ToString() };
        }

        request.Headers["x-ms-invocation-id"] = id;
        request.Headers.TraceParent = span?.Id ?? request.Headers.TraceParent;
        request.Headers["X-Forwarded-Host"] = request.Host.Value;
        request.Headers["X-Forwarded-Proto"] = request.Scheme;
        request.Headers["X-Forwarded-For"] = context.Connection.RemoteIpAddress?.ToString();
        var running = supervisor.InvokeAsync(worker, invocation, cancellation.Token);
        var error = await forwarder.SendAsync(context, worker.HttpUri!.GetLeftPart(UriPartial.Authority), http, config, transformer);
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
    private Task ShowHomePageAsync(HttpContext context)
    {
        if (context.Request.Path != "/")
        {
            return HostProblem.AnswerAsync(
                context,
                StatusCodes.Status404NotFound,
                "Not Found",
                "No function of the app has this address and method."
            );
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        if (routes.Match(HttpMethods.Get, "/ui") is not null)
        {
            context.Response.Redirect("/ui");
        }

        return Task.CompletedTask;
    }
}
