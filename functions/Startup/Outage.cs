using Azure;
using Azure.Identity;

namespace Serverless.Startup;

/// <summary>Distinguishes an outage that may pass from a fault that waiting does not fix.</summary>
internal static class Outage
{
    /// <summary>A few words without addresses or keys; null if the error is not an outage.</summary>
    public static string? ReasonOf(Exception error) =>
        error switch
        {
            RequestFailedException { Status: 401 or 403 } =>
                "it refuses the app's key or identity; a newly assigned role takes minutes to apply",
            RequestFailedException { Status: > 0 } failed => $"it answered {failed.Status} {failed.ErrorCode}".TrimEnd(),
            RequestFailedException or HttpRequestException => "it does not answer",
            AuthenticationFailedException => "no token for the app's identity",
            TimeoutException or OperationCanceledException => "it did not answer in time",
            AggregateException { InnerException: { } inner } => ReasonOf(inner),
            _ => null,
        };
}
