using FunctionsHost.Configuration;
using FunctionsHost.Handler;
using FunctionsHost.Http;
using FunctionsHost.Storage;
using FunctionsHost.Triggers.Blob;
using FunctionsHost.Triggers.EventGrid;
using FunctionsHost.Triggers.Queue;
using FunctionsHost.Triggers.Timer;
using Local;
using Yarp.ReverseProxy.Forwarder;

namespace FunctionsHost;

/// <summary>
/// The parts of the host in the order in which they start; they stop in the opposite order. Not reproduced from Azure: more
/// than one instance of the host and the locks between them, output bindings, retry policies, dynamic concurrency, the admin
/// API and its keys, and Event Grid itself, of which only the deletions of watched blobs happen here.
/// </summary>
internal static class LocalHost
{
    private static readonly TimeSpan HttpGrace = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(CommandLine options, FunctionApp app, CancellationToken stop)
    {
        await using var web = WebHost.Create(options, app);
        var logs = web.Services.GetRequiredService<ILoggerFactory>();
        var time = TimeProvider.System;
        using var sockets = CreateHandlerSockets();
        using var http = new HttpMessageInvoker(sockets);
        var supervisor = new HandlerSupervisor(
            HandlerCommand.Resolve(app), app.Host.Handler, http, time, logs.CreateLogger("Host.Handler"));
        using var gate = new InvocationGate();
        var handler = new HandlerClient(supervisor, http, gate, app.Host.FunctionTimeout, logs, time);

        var key = FunctionKey.Of(app.Settings);
        using var listeners = new ListenerGroup(
            app, CreateListeners(options, app, handler, logs, time), logs.CreateLogger("Host.Listeners"));
        web.UseLoopbackCallersOnly();
        MapEventGrid(web, app, handler, key);
        web.MapHttpFunctions(app, CreateProxy(web, app, supervisor, http), key);

        var address = await web.StartOnFreePortAsync(options);
        using var handlerStop = new CancellationTokenSource();
        var running = supervisor.RunAsync(draining: stop, stopping: handlerStop.Token);
        try
        {
            await Task.WhenAny(supervisor.WhenReadyAsync(stop), running);
            if (!running.IsCompleted && !stop.IsCancellationRequested)
            {
                listeners.Start();
                await Console.Out.WriteLineAsync($"ready {address}");
                await Task.WhenAny(Cancellation.OfAsync(stop), running, listeners.Running);
            }
        }
        finally
        {
            try
            {
                await Task.WhenAll(StopWebAsync(web), listeners.StopAsync(atOnce: running.IsCompleted));
            }
            finally
            {
                await handlerStop.CancelAsync();
                await running;
            }
        }
    }

    private static async Task StopWebAsync(WebApplication web)
    {
        using var limit = new CancellationTokenSource(HttpGrace);
        await web.StopAsync(limit.Token);
    }

    private static List<IListener> CreateListeners(
        CommandLine options, FunctionApp app, HandlerClient handler, ILoggerFactory logs, TimeProvider time)
    {
        var eventGrid = app.TriggeredBy<EventGridTrigger>().Select(f => f.Function).ToList();
        var deletions = eventGrid.Count == 0
            ? null
            : new BlobDeletions(eventGrid, handler, time, logs.CreateLogger("Host.Triggers.EventGrid"));
        return
        [
            .. deletions is null ? [] : (IListener[])[deletions],
            .. BlobTriggers.Create(app, options, handler, deletions, logs),
            .. QueueTriggers.Create(app, handler, logs),
            .. TimerTriggers.Create(app, handler, time, logs),
        ];
    }

    private static void MapEventGrid(WebApplication web, FunctionApp app, HandlerClient handler, FunctionKey key)
    {
        var webhook = new EventGridWebhook([.. app.TriggeredBy<EventGridTrigger>().Select(f => f.Function)], handler, key);
        web.MapPost(EventGridWebhook.Route, (Delegate)webhook.HandleAsync);
    }

    private static HandlerProxy CreateProxy(WebApplication web, FunctionApp app, HandlerSupervisor supervisor, HttpMessageInvoker http)
    {
        var hidden = app.Functions.Where(function => function.Trigger is not HttpTrigger).Select(function => function.Name);
        return new HandlerProxy(
            supervisor, http, web.Services.GetRequiredService<IHttpForwarder>(), new TriggerEndpoints(hidden), app.Host.FunctionTimeout);
    }

    /// <summary>Connections end before the handler ends them: a request on one that it is closing would count as a failed attempt.</summary>
    private static SocketsHttpHandler CreateHandlerSockets() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        ConnectTimeout = TimeSpan.FromSeconds(5),
    };
}
