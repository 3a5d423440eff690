using System.Globalization;
using Azure;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Serverless.Embeddings;
using Serverless.Imaging.Decoders;
using Serverless.Telemetry;

namespace Serverless.Api;

/// <summary>The only place that turns errors into answers: the caller's fault, a dependency that may recover, or ours.</summary>
internal sealed partial class ErrorHandler(IProblemDetailsService problems, ILogger<ErrorHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        var problem = exception switch
        {
            ProblemException refusal => Problem(refusal.Status, refusal.Title, refusal.Message),
            EmbeddingRefusedException refused => Problem(
                StatusCodes.Status422UnprocessableEntity,
                "The input cannot be embedded.",
                refused.Message,
                ProblemTypes.ProviderRefuses
            ),
            EmbeddingUnavailableException outage => Problem(
                StatusCodes.Status503ServiceUnavailable,
                "The embedding provider is not available now.",
                outage.Message,
                ProblemTypes.ProviderUnavailable
            ),
            UndecodableException undecodable => Problem(
                StatusCodes.Status422UnprocessableEntity,
                "The image cannot be used.",
                undecodable.Message
            ),
            DecodersBusyException busy => Problem(
                StatusCodes.Status503ServiceUnavailable,
                "The app is overloaded.",
                busy.Message,
                ProblemTypes.Overloaded
            ),
            BadHttpRequestException bad => Problem(bad.StatusCode, "The request is not valid.", bad.Message),
            _ when DependencyRetries.ServiceOf(exception) is { } service => Problem(
                StatusCodes.Status503ServiceUnavailable,
                $"{(service == "search" ? "The search service" : "The storage account")} {Refusal(exception)}.",
                "Try again in a few seconds. GET /api/health tells when it is back.",
                service == "search" ? ProblemTypes.SearchUnavailable : ProblemTypes.StorageUnavailable
            ),
            RequestFailedException or HttpRequestException or TimeoutException => Problem(
                StatusCodes.Status503ServiceUnavailable,
                "A required service does not answer.",
                "Try again in a few seconds."
            ),
            _ => Problem(
                StatusCodes.Status500InternalServerError,
                "Something went wrong in the app.",
                "The app's log has the cause. A retry may help."
            ),
        };
        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            Failed(logger, exception, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "(none)");
        }

        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = (exception as EmbeddingUnavailableException)?.RetryAfter is { } wait
                ? Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)
                : BoundedRequests.RetryAfter;
        }

        context.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
    }

    private static string Refusal(Exception exception) =>
        exception is RequestFailedException { Status: > 0 and var status }
            ? string.Create(CultureInfo.InvariantCulture, $"refuses the app's request ({status})")
            : "does not answer";

    private static ProblemDetails Problem(int status, string title, string detail, string? type = null) =>
        new()
        {
            Type = type,
            Status = status,
            Title = title,
            Detail = detail,
        };

    [LoggerMessage(200, LogLevel.Error, "{Method} {Endpoint} failed")]
    private static partial void Failed(ILogger logger, Exception exception, string method, string endpoint);
}
