using FunctionsHost.Configuration;
using FunctionsHost.Diagnostics;
using FunctionsHost.Http;
using FunctionsHost.Listeners;
using FunctionsHost.Worker;
using FunctionsHost.Worker.Protocol;
using Local;
using Microsoft.Azure.WebJobs.Host;
using Yarp.ReverseProxy.Forwarder;

namespace FunctionsHost;

/// <summary>The parts of the host in starting order; they stop in reverse order.</summary>
internal static class LocalHost
{
    /// <summary>Time for running invocations when the host stops.</summary>
    private static readonly TimeSpan DrainGrace = TimeSpan.FromSeconds(8);

    /// <summary>The worker's log category for failed functions; the host reports them too.</summary>
    private const string FailuresCategory = "Microsoft.Azure.Functions.Worker.FunctionsApplication";

    private static readonly TimeSpan HttpGrace = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(CommandLine options, CancellationToken stop)
    {
        var app = FunctionApp.Load(options.App);
        var webhooks = new Webhooks();
        var builder = PublicServer.CreateBuilder(options.Port, app);
        builder.AddListeners(app, webhooks);
        var web = builder.Build();
        await using var quiet = new QuietDisposal(web);
        var logs = web.Services.GetRequiredService<ILoggerFactory>();
        await using var server = await WorkerServer.StartAsync(logs);
        using var supervisor = new WorkerSupervisor(server, Describe(app, logs), app.Host.FunctionTimeout, logs);
        FunctionDispatcher.Connect(supervisor);
        using var http = new HttpFunctions(
            supervisor,
            new FunctionRoutes(app.Functions, app.Host.RoutePrefix),
            FunctionKey.Of(app.Settings),
            web.Services.GetRequiredService<IHttpForwarder>(),
            app.Host.FunctionTimeout
        );
        web.UseLoopbackCallersOnly(
            origins: [.. app.Settings.GetSection("Api:AllowedOrigins").GetChildren().Select(origin => origin.Value).OfType<string>()]
        );
        web.MapWebhooks(webhooks, FunctionKey.OfWebhooks(app.Settings));
        web.MapFallback("{*path}", http.HandleAsync);

        using var workerStop = new CancellationTokenSource();
        var running = supervisor.RunAsync(draining: stop, stopping: workerStop.Token);
        try
        {
            // Listeners and worker start in parallel: invocations wait for the worker.
            await web.StartAsync(options.Port, stop);
            await Task.WhenAny(supervisor.WhenReadyAsync(stop), running);
            if (!running.IsCompleted && !stop.IsCancellationRequested)
            {
                await Console.Out.WriteLineAsync($"ready {web.Urls.Single()}");
                await Task.WhenAny(Task.Delay(Timeout.Infinite, stop), running);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
        finally
        {
            await StopListenersAsync(web, logs.CreateLogger("Host"), atOnce: running.IsCompleted);
            await workerStop.CancelAsync();
            await running;
        }
    }

    private static async Task StopListenersAsync(WebApplication web, ILogger log, bool atOnce)
    {
        log.Draining(atOnce ? TimeSpan.Zero : DrainGrace);
        using var drain = new CancellationTokenSource(atOnce ? TimeSpan.Zero : DrainGrace);
        using var http = new CancellationTokenSource(DrainGrace + HttpGrace);
        try
        {
            await web.Services.GetRequiredService<IDrainModeManager>().EnableDrainModeAsync(drain.Token);
        }
        catch (Exception e) when (e is InvalidOperationException or OperationCanceledException) { }

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
            new Dictionary<string, string?> { [FunctionKey.Variable] = null, [FunctionKey.WebhookVariable] = null }, // The host's own.
            line => Console.Out.WriteLine($"[app] {line}"),
            log =>
            {
                var level = (LogLevel)log.Level;
                if (
                    log.Category != FailuresCategory
                    && (level >= LogLevel.Warning || !log.Category.StartsWith("Microsoft.", StringComparison.Ordinal))
                )
                {
                    Write(logs.CreateLogger(log.Category), level, log);
                }
            }
        );

#pragma warning disable CA1848, CA2254 // The message is the app's, formatted there.
    private static void Write(ILogger logger, LogLevel level, RpcLog log) =>
        logger.Log(level, "{Message}{Exception}", log.Message, log.Exception is { } e ? $" {e.Type}: {e.Message}\n{e.StackTrace}" : "");
#pragma warning restore CA1848, CA2254
}
