using Serverless.Api;
using Serverless.Mcp;
using Serverless.Ui;

namespace Serverless.Hosting;

/// <summary>
/// The app's endpoints. The worker routes a request to a function, which passes it on here to be routed to its endpoint, so limits, errors
/// and the API description are the same for all functions.
/// </summary>
internal sealed class RequestPipeline(IServiceProvider services, IHttpContextAccessor requests)
{
    private readonly Lazy<RequestDelegate> pipeline = new(() => Build(services));

    /// <summary>Answers a request. The response is complete when the task ends, so there is nothing to return.</summary>
    public async Task<IResult> AnswerAsync(HttpRequest request)
    {
        var context = request.HttpContext;
        context.SetEndpoint(null);
        request.RouteValues = [];

        // A function does not run in its request's flow, which would have set this.
        requests.HttpContext = context;
        await pipeline.Value(context);
        await context.Response.CompleteAsync();
        return Results.Empty;
    }

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
