using Azure;
using Azure.Identity;

namespace Serverless.Startup;

/// <summary>Tells a service that may answer later from a fault that waiting does not mend.</summary>
internal static class Outage
{
    /// <summary>A few words without addresses or keys; null where the error is no outage.</summary>
    public static string? ReasonOf(Exception error) =>
        error switch
        {
            RequestFailedException { Status: 401 or 403 } =>
                "it refuses the key or identity of the app; a role that was just given takes minutes to hold",
            RequestFailedException { Status: > 0 } failed => $"it answered {failed.Status} {failed.ErrorCode}".TrimEnd(),
            RequestFailedException or HttpRequestException => "it does not answer",
            AuthenticationFailedException => "no token for the identity of the app",
            TimeoutException or OperationCanceledException => "it did not answer in time",
            AggregateException { InnerException: { } inner } => ReasonOf(inner),
            _ => null,
        };
}
