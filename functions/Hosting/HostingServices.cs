using Serverless.Startup;

namespace Serverless.Hosting;

internal static class HostingServices
{
    /// <summary>Listens where the Functions host says (FUNCTIONS_CUSTOMHANDLER_PORT), on loopback only.</summary>
    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        if (Environment.GetEnvironmentVariable("FUNCTIONS_CUSTOMHANDLER_PORT") is { Length: > 0 } port)
        {
            builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // A blob name of 1,024 characters is up to 9,216 when it is percent-encoded; the usual limit is 8 KiB.
            kestrel.Limits.MaxRequestLineSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });

        // A line for each request says nothing that the Functions host does not log, and holds names from outside.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<EarlyWork>();
        builder.Services.AddHostedService<Preparation>();
#if ISOLATED_WORKER
        Isolated.IsolatedWorker.AddPipelineServer(builder.Services);
#else
        builder.Services.AddHostedService<ParentWatch>();
#endif
        return builder;
    }
}
