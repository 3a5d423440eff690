using System.Net;
using FunctionsHost.Configuration;
using Microsoft.Extensions.Logging.Console;

namespace FunctionsHost.Http;

/// <summary>The web server, on the loopback address only, and the log on standard error.</summary>
internal static class PublicServer
{
    public static WebApplicationBuilder CreateBuilder(int port, FunctionApp app)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = app.BodyLimit;
                kestrel.Limits.MaxRequestLineSize = 16 * 1024; // a blob name of 1,024 characters, percent-encoded
                kestrel.Listen(IPAddress.Loopback, port);
            });
        builder.Services.AddRouting().AddHttpForwarder();
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
            .AddConfiguration(app.Host.GetSection("logging"));
        return builder;
    }
}
