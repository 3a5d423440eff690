using Serverless.Api;
using Serverless.Mcp;
using Serverless.Ui;

namespace Serverless.Hosting;

/// <summary>
/// The endpoints of the app. The worker routes a request to a function, which hands it over here, to be routed to its endpoint:
/// limits, errors and the description of the API are the same for all functions.
/// </summary>
internal sealed class RequestPipeline(IServiceProvider services, IHttpContextAccessor requests)
{
    private readonly Lazy<RequestDelegate> pipeline = new(() => Build(services));

    /// <summary>Answers a request. The answer is written when the task ends, so that there is nothing left to return.</summary>
    public async Task<IResult> AnswerAsync(HttpRequest request)
    {
        var context = request.HttpContext;
        context.SetEndpoint(null);
        request.RouteValues = [];

        // A function does not run in the flow of its request, which would have set this.
        requests.HttpContext = context;
        await pipeline.Value(context);
        await context.Response.CompleteAsync();
        return Results.Empty;
    }

    private static RequestDelegate Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
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
