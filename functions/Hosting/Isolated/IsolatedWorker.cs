using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Azure.Functions.Worker.Builder;

namespace Serverless.Hosting.Isolated;

/// <summary>Runs the app inside the isolated worker of Azure Functions in place of a custom handler.</summary>
internal static class IsolatedWorker
{
    public static void AddPipelineServer(this IServiceCollection services)
    {
        services.AddSingleton<PipelineServer>();
        services.AddSingleton<IServer>(provider => provider.GetRequiredService<PipelineServer>());
    }

    /// <summary>The worker answers the host at once; the functions wait until the app is ready. An app that refuses ends the worker.</summary>
    public static async Task RunAsync(WebApplication app, string[] args)
    {
        await app.StartAsync();
        var worker = FunctionsApplication.CreateBuilder(args);
        worker.ConfigureFunctionsWebApplication();
        worker.Services.AddSingleton(app);
        await worker.Build().RunAsync(app.Lifetime.ApplicationStopping);
        await app.StopAsync();
    }
}
