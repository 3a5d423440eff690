using Microsoft.AspNetCore.Server.Kestrel.Core;
using Serverless.Startup;

namespace Serverless.Hosting;

internal static class HostingServices
{
    /// <summary>Configures the worker that the app runs in.</summary>
    public static void AddHosting(this IHostApplicationBuilder builder)
    {
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // A blob name of 1,024 characters is up to 9,216 when it is percent-encoded; the usual limit is 8 KiB.
            kestrel.Limits.MaxRequestLineSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });

        // The Functions host logs requests already, and these lines would contain names from outside.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<EarlyWork>();
        builder.Services.AddSingleton<RequestPipeline>();
        builder.Services.AddHostedService<ParentWatch>();
        builder.Services.AddHostedService<Preparation>();
        builder.Services.AddHostedService<ModelWatch>();
    }
}
