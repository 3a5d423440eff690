using Serverless.Api;
using Serverless.Mcp;
using Serverless.Ui;

namespace Serverless.Hosting;

/// <summary>The endpoints of one side, and what every request passes before it reaches one.</summary>
internal sealed class AppEndpoints(IServiceProvider services)
{
    private readonly Lazy<RequestDelegate> pipeline = new(() => Build(services));

    public Task AnswerAsync(HttpContext context) => pipeline.Value(context);

    private static RequestDelegate Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseHead();
        app.UseRouting();
        app.UseApi();
        app.UseEndpoints(routes =>
        {
            routes.MapApi();
            routes.MapUi();
            routes.MapImageMcp();
        });
        return app.Build();
    }
}
