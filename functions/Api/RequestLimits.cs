using Microsoft.Extensions.Options;

namespace Serverless.Api;

/// <summary>Section <c>Limits</c>: what the API takes on at once, and for how long.</summary>
public sealed class RequestLimits
{
    public const string Section = "Limits";

    /// <summary>Requests that read, decode or embed a picture and run at once; default two for each processor, at least 4.</summary>
    public int MaxConcurrentRequests { get; set; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>Such requests that wait for their turn, default 64. One more is told to come back later.</summary>
    public int MaxQueuedRequests { get; set; } = 64;

    /// <summary>Longest time from the first byte of a request to its answer, waiting included; default 100 s.</summary>
    public TimeSpan MaxRequestTime { get; set; } = TimeSpan.FromSeconds(100);
}

internal sealed class RequestLimitsRules : IValidateOptions<RequestLimits>
{
    public ValidateOptionsResult Validate(string? name, RequestLimits options) =>
        options.MaxConcurrentRequests is < 1 or > 10_000
            ? Fail(nameof(options.MaxConcurrentRequests), options.MaxConcurrentRequests, "a number from 1 to 10000")
        : options.MaxQueuedRequests is < 0 or > 100_000
            ? Fail(nameof(options.MaxQueuedRequests), options.MaxQueuedRequests, "a number from 0 to 100000")
        : options.MaxRequestTime < TimeSpan.FromSeconds(1) || options.MaxRequestTime > TimeSpan.FromHours(1)
            ? Fail(nameof(options.MaxRequestTime), options.MaxRequestTime, "a time from 00:00:01 to 01:00:00")
        : ValidateOptionsResult.Success;

    private static ValidateOptionsResult Fail(string setting, object value, string allowed) =>
        ValidateOptionsResult.Fail(FormattableString.Invariant($"{RequestLimits.Section}:{setting} is {value}: it must be {allowed}."));
}
