using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Serverless.Telemetry;

namespace Serverless.Api;

/// <summary>
/// Limits concurrent requests that work on pictures, the queue behind them, and the time of any request. A flood gets 503 with Retry-After;
/// the health route and event-triggered functions are never affected.
/// </summary>
internal static class BoundedRequests
{
    /// <summary>Retry-After for refused clients, in seconds.</summary>
    public const string RetryAfter = "5";

    private const string Timed = "api";
    private const string Pictures = "pictures";

    public static IServiceCollection AddBoundedRequests(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<RequestLimits>, RequestLimitsRules>();
        services.AddOptions<RequestLimits>().BindConfiguration(RequestLimits.Section).ValidateOnStart();
        services.AddRequestTimeouts();
        services
            .AddOptions<RequestTimeoutOptions>()
            .Configure<IOptions<RequestLimits>>(
                (timeouts, limits) =>
                    timeouts.AddPolicy(
                        Timed,
                        new RequestTimeoutPolicy
                        {
                            Timeout = limits.Value.MaxRequestTime,
                            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
                            WriteTimeoutResponse = context =>
                                TurnAwayAsync(
                                    context,
                                    ProblemTypes.TookTooLong,
                                    "The request took too long.",
                                    "It was cancelled. Send it again, with a smaller picture or later."
                                ),
                        }
                    )
            );
        services.AddRateLimiter(_ => { });
        services
            .AddOptions<RateLimiterOptions>()
            .Configure<IOptions<RequestLimits>>(
                (limiter, limits) =>
                {
                    limiter.AddPolicy(Pictures, context => Partition(context, limits.Value));
                    limiter.OnRejected = async (rejected, _) =>
                        await TurnAwayAsync(
                            rejected.HttpContext,
                            ProblemTypes.Overloaded,
                            "The app is overloaded.",
                            $"Try again in {RetryAfter} seconds."
                        );
                }
            );
        return services;
    }

    public static void UseBoundedRequests(this IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<IOptions<RequestLimits>>().Value;
        var patience = new DependencyPatience(limits.MaxDependencyTime);
        app.UseRequestTimeouts();
        app.Use(
            async (context, next) =>
            {
                context.Features.Set(patience);

                // A request that times out while queued leaves the limiter without an answer.
                await next(context);
                if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status200OK, ContentType: null })
                {
                    context.RequestAborted.ThrowIfCancellationRequested();
                }
            }
        );
        app.UseRateLimiter();
    }

    /// <summary>Ends the request when its time is up.</summary>
    public static RouteGroupBuilder IsTimed(this RouteGroupBuilder routes)
    {
        routes.WithRequestTimeout(Timed);
        return routes;
    }

    /// <summary>The route reads, decodes or embeds a picture or text, so its concurrency is limited.</summary>
    public static RouteHandlerBuilder WorksOnPictures(this RouteHandlerBuilder route) =>
        route.RequireRateLimiting(Pictures).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Both, for routes outside the API.</summary>
    public static void IsBounded(this IEndpointConventionBuilder endpoints) =>
        endpoints.RequireRateLimiting(Pictures).WithRequestTimeout(Timed);

    private static RateLimitPartition<string> Partition(HttpContext context, RequestLimits limits) =>
        ContentEndpoint.SendsTheWholeFile(context.Request)
            ? RateLimitPartition.GetNoLimiter("files")
            : RateLimitPartition.GetConcurrencyLimiter(
                Pictures,
                _ => new ConcurrencyLimiterOptions
                {
                    PermitLimit = limits.MaxConcurrentRequests,
                    QueueLimit = limits.MaxQueuedRequests,
                    QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
                }
            );

    /// <summary>Answers 503 with Retry-After.</summary>
    public static async Task TurnAwayAsync(HttpContext context, string type, string title, string detail)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = RetryAfter;
        await context
            .RequestServices.GetRequiredService<IProblemDetailsService>()
            .TryWriteAsync(
                new ProblemDetailsContext
                {
                    HttpContext = context,
                    ProblemDetails = new ProblemDetails
                    {
                        Status = StatusCodes.Status503ServiceUnavailable,
                        Type = type,
                        Title = title,
                        Detail = detail,
                    },
                }
            );
    }
}
