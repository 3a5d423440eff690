using System.Globalization;
using System.Net;
using FunctionsHost.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Console;

namespace FunctionsHost.Http;

/// <summary>The web server, on the loopback address only, and the log on standard error. Neither reads the handler's settings.</summary>
internal static class WebHost
{
    private const string BodyLimitSetting = "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT";
    private const long DefaultBodyLimit = 104_857_600;

    public static WebApplication Create(CommandLine options, FunctionApp app)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var bodyLimit = ReadBodyLimit(app.Settings);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = bodyLimit;
            kestrel.Limits.MaxRequestLineSize = 16 * 1024; // a blob name of 1,024 characters, percent-encoded
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddRouting().AddHttpForwarder();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "))
            .SetMinimumLevel(app.Host.LogLevels.GetValueOrDefault("default", LogLevel.Information))
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None) // Its stack traces, where one sentence is enough.
            .AddFilter("Yarp", LogLevel.Warning);
        foreach (var (category, level) in app.Host.LogLevels.Where(pair => pair.Key != "default"))
        {
            builder.Logging.AddFilter(category, level);
        }

        return builder.Build();
    }

    public static async Task<string> StartOnFreePortAsync(this WebApplication web, CommandLine options)
    {
        try
        {
            await web.StartAsync();
            return web.Urls.Single();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new HostException($"Port {options.Port} is in use: stop what listens there, or choose another port with --port.");
        }
    }

    private static long ReadBodyLimit(AppSettings settings) => settings.Find(BodyLimitSetting) switch
    {
        null => DefaultBodyLimit,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) => limit,
        var text => throw new HostException($"{BodyLimitSetting} must be a number of bytes, but is '{text}'."),
    };

    /// <summary>Signals are for <see cref="StopSignals"/>, from before the web server starts until after it has ended.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
