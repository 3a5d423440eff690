using FunctionsHost.Configuration;
using FunctionsHost.Diagnostics;
using FunctionsHost.Http;
using FunctionsHost.Listeners;
using FunctionsHost.Worker;
using Local;
using Microsoft.AspNetCore.Connections;
using Microsoft.Azure.WebJobs.Host;
using Yarp.ReverseProxy.Forwarder;

namespace FunctionsHost;

/// <summary>The parts of the host in starting order; they stop in reverse order.</summary>
internal static class LocalHost
{
    /// <summary>Time for running invocations when the host stops.</summary>
    private static readonly TimeSpan DrainGrace = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan HttpGrace = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(string folder, int port, CancellationToken stop)
    {
        var app = FunctionApp.Load(folder);
        var webhooks = new Webhooks(FunctionKey.OfWebhooks(app.Settings));
        var builder = PublicServer.CreateBuilder(port, app);
        builder.AddListeners(app, webhooks);
        var web = builder.Build();
        await using var quiet = new QuietDisposal(web);
        var logs = web.Services.GetRequiredService<ILoggerFactory>();
        await using var server = await WorkerServer.StartAsync();
        var supervisor = new WorkerSupervisor(server, Describe(app, logs), app.FunctionTimeout, logs);
        FunctionDispatcher.Connect(supervisor);
        var routes = new FunctionRoutes(app.Functions, app.RoutePrefix);
        var forwarder = web.Services.GetRequiredService<IHttpForwarder>();
        using var http = new HttpFunctions(supervisor, routes, FunctionKey.Of(app.Settings), forwarder);
        web.UseLoopbackCallersOnly(origins: app.Settings.GetSection("Api:AllowedOrigins").Get<string[]>());
        new SamplePictures(app.Settings, FunctionKey.Of(app.Settings)).Map(web);
        web.MapPost("/runtime/webhooks/{name}", webhooks.HandleAsync);
        web.MapFallback("{*path}", http.HandleAsync);

        using var workerStop = new CancellationTokenSource();
        var running = supervisor.RunAsync(draining: stop, stopping: workerStop.Token);
        try
        {
            // Listeners and worker start in parallel: invocations wait for the worker.
            await web.StartAsync(stop);
            await Task.WhenAny(supervisor.WhenReadyAsync(stop), running);
            if (!running.IsCompleted && !stop.IsCancellationRequested)
            {
                await Console.Out.WriteLineAsync($"ready {web.Urls.Single()}");
                await Task.WhenAny(Task.Delay(Timeout.Infinite, stop), running);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new HostException($"Port {port} is in use: stop what listens there, or choose another port with --port.");
        }
        finally
        {
            await StopListenersAsync(web, logs.CreateLogger("Host"), running.IsCompleted ? TimeSpan.Zero : DrainGrace);
            await workerStop.CancelAsync();
            await running;
        }
    }

    private static async Task StopListenersAsync(WebApplication web, ILogger log, TimeSpan grace)
    {
        log.Draining(grace);
        using var drain = new CancellationTokenSource(grace);
        using var http = new CancellationTokenSource(DrainGrace + HttpGrace);
        await QuietlyAsync(() => new ValueTask(web.Services.GetRequiredService<IDrainModeManager>().EnableDrainModeAsync(drain.Token)));
        await QuietlyAsync(() => new ValueTask(web.StopAsync(http.Token)));
    }

    /// <summary>
    /// Two triggers that share a listener stop it twice, which the SDK treats as a fault: when the host stops, and again on disposal, where
    /// it would hide why the host ends.
    /// </summary>
    private static async ValueTask QuietlyAsync(Func<ValueTask> end)
    {
        try
        {
            await end();
        }
        catch (Exception e) when (e is InvalidOperationException or OperationCanceledException or AggregateException) { }
    }

    private sealed class QuietDisposal(WebApplication web) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => QuietlyAsync(web.DisposeAsync);
    }

    private static WorkerStart Describe(FunctionApp app, ILoggerFactory logs) =>
        new(
            app.Root,
            new Dictionary<string, string?>
            {
                [FunctionKey.Variable] = null,
                [FunctionKey.WebhookVariable] = null,
                [SamplePictures.Variable] = null,
            }, // The host's own.
            line => Console.Out.WriteLine($"[app] {line}"),
            (level, category, message) =>
            {
                // The host reports failed functions itself.
                var isOwn = category == "Microsoft.Azure.Functions.Worker.FunctionsApplication";
                if (!isOwn && (level >= LogLevel.Warning || !category.StartsWith("Microsoft.", StringComparison.Ordinal)))
                {
                    logs.CreateLogger(category).OfApp(level, message);
                }
            }
        );
}
