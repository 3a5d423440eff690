using System.ComponentModel;
using Microsoft.Extensions.Options;
using Serverless.Settings;

namespace Serverless.Api;

/// <summary>Section <c>Limits</c>: the API's concurrency and time limits.</summary>
[SettingsSection(Section)]
public sealed class RequestLimits
{
    public const string Section = "Limits";

    /// <summary>Maximum concurrent requests that read, decode or embed a picture; default two per processor, at least 4.</summary>
    [AllowedRange(1, 10_000)]
    [DefaultValue("two per processor, at least 4")]
    public int MaxConcurrentRequests { get; set; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>Maximum number of such requests in the queue, default 64. Further ones are told to retry later.</summary>
    [AllowedRange(0, 100_000)]
    public int MaxQueuedRequests { get; set; } = 64;

    /// <summary>Maximum time from a request's first byte to its answer, including waiting; default 100 s.</summary>
    [AllowedRange("00:00:01", "01:00:00")]
    public TimeSpan MaxRequestTime { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// How long a request waits for storage or search before it names the one that does not answer (503); default 8 s.
    /// </summary>
    [AllowedRange("00:00:01", "01:00:00")]
    public TimeSpan MaxDependencyTime { get; set; } = TimeSpan.FromSeconds(8);
}

/// <summary>Validates the limits.</summary>
[OptionsValidator]
internal sealed partial class RequestLimitsRules : IValidateOptions<RequestLimits>;
