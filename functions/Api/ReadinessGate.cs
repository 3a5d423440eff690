using Serverless.Startup;

namespace Serverless.Api;

/// <summary>
/// While the app is starting, it serves what needs no preparation (the page, the API description), reports on the health route what it
/// waits for, and asks all other callers to retry. Event-triggered functions wait by themselves.
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
                    : BoundedRequests.TurnAwayAsync(context, ProblemTypes.NotReady, "Not ready.", readiness.Reason)
        );
    }

    private static bool IsHeld(PathString path) => Held.Any(start => path.StartsWithSegments(start)) && path != ApiServices.Description;
}
