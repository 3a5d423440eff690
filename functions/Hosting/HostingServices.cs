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

        // A line for each request says nothing that the Functions host does not log, and holds names from outside.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddHostedService<ParentWatch>();
        return builder;
    }
}
