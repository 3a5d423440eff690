using System.ComponentModel;
using Microsoft.Extensions.Options;
using Serverless.Settings;

namespace Serverless.Api;

/// <summary>Section <c>Limits</c>: what the API takes on at once, and for how long.</summary>
[SettingsSection(Section)]
public sealed class RequestLimits
{
    public const string Section = "Limits";

    /// <summary>Requests that read, decode or embed a picture and run at once; default two for each processor, at least 4.</summary>
    [AllowedRange(1, 10_000)]
    [DefaultValue("two for each processor, at least 4")]
    public int MaxConcurrentRequests { get; set; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>Such requests that wait for their turn, default 64. One more is told to come back later.</summary>
    [AllowedRange(0, 100_000)]
    public int MaxQueuedRequests { get; set; } = 64;

    /// <summary>Longest time from the first byte of a request to its answer, waiting included; default 100 s.</summary>
    [AllowedRange("00:00:01", "01:00:00")]
    public TimeSpan MaxRequestTime { get; set; } = TimeSpan.FromSeconds(100);
}

/// <summary>What the limits may be.</summary>
[OptionsValidator]
internal sealed partial class RequestLimitsRules : IValidateOptions<RequestLimits>;
