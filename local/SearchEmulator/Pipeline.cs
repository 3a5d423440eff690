using System.Diagnostics;
using System.Globalization;
using SearchEmulator.Diagnostics;
using SearchEmulator.Http;
using SearchEmulator.Storage;

namespace SearchEmulator;

/// <summary>What every answer has: the service's headers, and an error body when something went wrong.</summary>
internal sealed partial class Pipeline(Router router, Cors cors, RequestLog requests, ILogger<Pipeline> log)
{
    private static readonly TimeSpan RetryWhenDiskRefuses = TimeSpan.FromSeconds(1);

    public async Task RunAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        AddCommonHeaders(context, started);
        try
        {
            await AnswerAsync(context);
        }
        finally
        {
            requests.Write(context, Stopwatch.GetElapsedTime(started));
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            if (!cors.Answer(context))
            {
                await router.AnswerAsync(context);
            }
        }
        catch (ServiceException error)
        {
            await ErrorResponse.WriteAsync(context, error);
        }
        catch (StorageException error)
        {
            LogStorage(error, error.Message);
            await ErrorResponse.WriteAsync(
                context,
                new ServiceException(503, "ServiceUnavailable", $"The service is currently unavailable. {error.Message}")
                {
                    RetryAfter = RetryWhenDiskRefuses,
                }
            );
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (BadHttpRequestException error)
        {
            await ErrorResponse.WriteAsync(context, new ServiceException(error.StatusCode, string.Empty, error.Message));
        }
        catch (Exception error)
        {
            LogFailure(error, context.Request.Method, context.Request.Path);
            await ErrorResponse.WriteAsync(
                context,
                new ServiceException(500, "InternalServerError", "The emulator failed; its log says how.")
            );
        }
    }

    private static void AddCommonHeaders(HttpContext context, long started)
    {
        var headers = context.Response.Headers;
        headers["request-id"] = Guid.NewGuid().ToString();
        headers["OData-Version"] = "4.0";
        headers["Preference-Applied"] = "odata.include-annotations=\"*\"";
        headers.StrictTransportSecurity = "max-age=15724800; includeSubDomains";
        var request = context.Request.Headers;
        if (request["x-ms-return-client-request-id"] == "true" && request.TryGetValue("x-ms-client-request-id", out var id))
        {
            headers["client-request-id"] = id;
            headers["x-ms-client-request-id"] = id;
        }

        context.Response.OnStarting(() =>
        {
            headers["elapsed-time"] = ((long)Stopwatch.GetElapsedTime(started).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
    }

    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFailure(Exception error, string method, string path);

    [LoggerMessage(2, LogLevel.Warning, "{Reason}")]
    private partial void LogStorage(Exception error, string reason);
}
