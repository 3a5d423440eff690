using Serverless.Settings;

namespace Serverless.Describe;

/// <summary>Section <c>Describe</c>: whether a model describes pictures, which one, and the budget.</summary>
[SettingsSection(Section)]
public sealed class DescribeOptions
{
    public const string Section = "Describe";
    internal const string None = "none";
    internal const string Chat = "chat";

    /// <summary><c>none</c> (default), or <c>chat</c>: a chat model behind an OpenAI-compatible endpoint. Each new picture is sent there
    /// after its verdict, scaled down and without metadata.</summary>
    [AllowedChoice(None, Chat)]
    public string Provider { get; set; } = None;

    /// <summary>The endpoint's base URL: for Azure OpenAI <c>https://NAME.openai.azure.com/openai/v1</c>, for Ollama
    /// <c>http://localhost:11434/v1</c>.</summary>
    public string Endpoint { get; set; } = "https://api.openai.com/v1";

    /// <summary>A model that supports pictures; for Azure OpenAI the name of its deployment.</summary>
    public string? Model { get; set; }

    /// <summary>The endpoint's key. Without it: on Azure the app's identity (role Cognitive Services OpenAI User), elsewhere
    /// none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Only images whose blob names start with this, such as <c>products/</c>; separate several by commas. Default: all.</summary>
    public string? Prefix { get; set; }

    /// <summary>The language of descriptions; text in a picture is not translated.</summary>
    [AllowedText(@"[\p{L} ()\-]{2,40}", "it must be the name of a language, such as English")]
    public string Language { get; set; } = "English";

    /// <summary>Maximum pictures to describe per calendar month (UTC), over all instances; 0 for no limit. Later ones are described next
    /// month.</summary>
    [AllowedRange(0, 1_000_000_000)]
    public int MonthlyImages { get; set; } = 1000;

    /// <summary>Maximum US dollars per calendar month, computed from the two prices; default: no limit. Requests in progress may exceed it
    /// if they cost more than the most expensive one before.</summary>
    [AllowedRange(0, 10_000_000)]
    public decimal? MonthlyUsd { get; set; }

    /// <summary>US dollars per million input tokens, including pictures; 0 if free.</summary>
    [AllowedRange(0, 100_000)]
    public decimal InputPrice { get; set; }

    /// <summary>US dollars per million output tokens.</summary>
    [AllowedRange(0, 100_000)]
    public decimal OutputPrice { get; set; }

    /// <summary>Maximum requests per minute from one instance.</summary>
    [AllowedRange(1, 100_000)]
    public int RequestsPerMinute { get; set; } = 60;

    /// <summary>Time limit for one answer; models on your own CPU are slow.</summary>
    [AllowedRange("00:00:01", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Maximum longer side of the picture to send, in pixels. Fewer pixels cost less, but small print becomes illegible.</summary>
    [AllowedRange(256, 2048)]
    public int LongSide { get; set; } = 1024;

    internal bool IsOn => Provider != None;

    internal bool HasPrices => InputPrice > 0 || OutputPrice > 0;

    internal IReadOnlyList<string> Prefixes =>
        (Prefix ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal bool Covers(string blobName) =>
        IsOn && (Prefixes is not { Count: > 0 } prefixes || prefixes.Any(prefix => blobName.StartsWith(prefix, StringComparison.Ordinal)));
}
