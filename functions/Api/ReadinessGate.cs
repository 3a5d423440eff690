using Serverless.Startup;

namespace Serverless.Api;

/// <summary>
/// While the app prepares itself it answers what needs nothing (the page, the description of the API), tells on the health route
/// what it waits for, and asks everybody else to come back. Functions that events start wait by themselves.
/// </summary>
internal static class ReadinessGate
{
    private static readonly string[] Held = ["/api", "/mcp"];

    public static void UseReadiness(this IApplicationBuilder app)
    {
        var readiness = app.ApplicationServices.GetRequiredService<Readiness>();
        app.Use(
            (context, next) =>
                readiness.IsReady || !IsHeld(context.Request.Path)
                    ? next(context)
                    : BoundedRequests.TurnAwayAsync(context, "Not ready.", readiness.Reason)
        );
    }

    private static bool IsHeld(PathString path) => Held.Any(start => path.StartsWithSegments(start)) && path != ApiServices.Description;
}
