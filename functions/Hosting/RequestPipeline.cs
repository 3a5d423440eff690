using Serverless.Models;

namespace Serverless.Hosting;

/// <summary>
/// The app's endpoints. The worker routes a request to a function, which passes it on here to be routed to its endpoint, so limits, errors
/// and the API description are the same for all functions. The side in force answers; a request that began before a switch ends where it
/// began.
/// </summary>
internal sealed class RequestPipeline(IServiceProvider home, ModelSides sides, IHttpContextAccessor requests)
{
    /// <summary>Answers a request. The response is complete when the task ends, so there is nothing to return.</summary>
    public async Task<IResult> AnswerAsync(HttpRequest request)
    {
        var context = request.HttpContext;
        context.SetEndpoint(null);
        request.RouteValues = [];

        // A function does not run in its request's flow, which would have set this.
        requests.HttpContext = context;
        var services = sides.Services;
        if (services == home)
        {
            await services.GetRequiredService<AppEndpoints>().AnswerAsync(context);
        }
        else
        {
            // The request's own services are those of the process.
            await using var scope = services.CreateAsyncScope();
            var own = context.RequestServices;
            context.RequestServices = scope.ServiceProvider;
            await services.GetRequiredService<AppEndpoints>().AnswerAsync(context);
            context.RequestServices = own;
        }

        await context.Response.CompleteAsync();
        return Results.Empty;
    }
}
