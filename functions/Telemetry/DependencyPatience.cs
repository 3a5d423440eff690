namespace Serverless.Telemetry;

/// <summary>A feature of an HTTP request: how long it waits for a service that does not answer.</summary>
/// <param name="LongestTry">Of one small request to it.</param>
internal sealed record DependencyPatience(TimeSpan LongestTry)
{
    /// <summary>Time after which no retry begins.</summary>
    public TimeSpan LatestRetry => LongestTry * 0.75;
}
