using System.Globalization;
using System.Net;
using FunctionsHost.Configuration;
using FunctionsHost.Diagnostics;
using FunctionsHost.Listeners;
using Local;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Console;

namespace FunctionsHost.Http;

/// <summary>The web server, on the loopback address only, and the log on standard error.</summary>
internal static class PublicServer
{
    private const string BodyLimitSetting = "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT";
    private const long DefaultBodyLimit = 104_857_600;

    public static WebApplicationBuilder CreateBuilder(int port, FunctionApp app)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var bodyLimit = ReadBodyLimit(app.Settings[BodyLimitSetting]);
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = bodyLimit;
                kestrel.Limits.MaxRequestLineSize = 16 * 1024; // a blob name of 1,024 characters, percent-encoded
                kestrel.Listen(IPAddress.Loopback, port);
            });
        builder.Services.AddRouting().AddHttpForwarder();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder
            .Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "))
            .SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None) // Its stack traces; one sentence is enough.
            .AddFilter("Function", LogLevel.None) // The SDK's messages about invocations; the host logs its own.
            .AddFilter("Host.Results", LogLevel.None)
            .AddFilter("Azure.Core", LogLevel.Error) // A warning for everything that does not exist.
            .AddFilter("Yarp", LogLevel.Warning)
            .AddConfiguration(app.Host.Values.GetSection("logging"));
        return builder;
    }

    public static void MapWebhooks(this WebApplication web, Webhooks webhooks, FunctionKey key) =>
        web.MapPost(
            "/runtime/webhooks/{name}",
            (HttpContext context, string name) =>
            {
                if (key.Admits(context.Request))
                {
                    return webhooks.HandleAsync(context, name);
                }

                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            }
        );

    public static async Task StartAsync(this WebApplication web, int port, CancellationToken stop)
    {
        try
        {
            await web.StartAsync(stop);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new HostException($"Port {port} is in use: stop what listens there, or choose another port with --port.");
        }
    }

    private static long ReadBodyLimit(string? text) =>
        string.IsNullOrEmpty(text) ? DefaultBodyLimit
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit
        : throw new HostException($"{BodyLimitSetting} must be a number of bytes, but is '{text}'.");

    /// <summary><see cref="StopSignals"/> handles signals, from before the web server starts until after it has stopped.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
