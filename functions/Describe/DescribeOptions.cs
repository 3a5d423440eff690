using Serverless.Settings;

namespace Serverless.Describe;

/// <summary>Section <c>Describe</c>: whether a model writes down what pictures show, which one, and what it may cost.</summary>
[SettingsSection(Section)]
public sealed class DescribeOptions
{
    public const string Section = "Describe";
    internal const string None = "none";
    internal const string Chat = "chat";

    /// <summary><c>none</c> (default), or <c>chat</c>: a chat model behind an OpenAI-compatible endpoint. Each new picture is sent
    /// there, smaller and without metadata, after its verdict.</summary>
    [AllowedChoice(None, Chat)]
    public string Provider { get; set; } = None;

    /// <summary>The base address of the endpoint: of Azure OpenAI <c>https://NAME.openai.azure.com/openai/v1</c>, of Ollama
    /// <c>http://localhost:11434/v1</c>.</summary>
    public string Endpoint { get; set; } = "https://api.openai.com/v1";

    /// <summary>The model that sees pictures; of Azure OpenAI the name of its deployment.</summary>
    public string? Model { get; set; }

    /// <summary>A key of the endpoint. Absent: at Azure's the identity of the app (role Cognitive Services OpenAI User), elsewhere
    /// none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Only images whose blob names begin so, such as <c>products/</c>; several are separated by commas. Absent: all.</summary>
    public string? Prefix { get; set; }

    /// <summary>The language to describe in; what is written in a picture stays as it is.</summary>
    [AllowedText(@"[\p{L} ()\-]{2,40}", "it must be the name of a language, such as English")]
    public string Language { get; set; } = "English";

    /// <summary>Most pictures that the model is asked about in a calendar month (UTC), over all instances; 0 for no limit. What
    /// comes then is described next month.</summary>
    [AllowedRange(0, 1_000_000_000)]
    public int MonthlyImages { get; set; } = 1000;

    /// <summary>Most US dollars in a calendar month, by the two prices; absent: no limit. Requests under way may exceed it by what
    /// they cost more than the dearest before them.</summary>
    [AllowedRange(0, 10_000_000)]
    public decimal? MonthlyUsd { get; set; }

    /// <summary>US dollars for a million input tokens, pictures included; 0 where nothing is paid.</summary>
    [AllowedRange(0, 100_000)]
    public decimal InputPrice { get; set; }

    /// <summary>US dollars for a million output tokens.</summary>
    [AllowedRange(0, 100_000)]
    public decimal OutputPrice { get; set; }

    /// <summary>Most requests that one instance sends in a minute.</summary>
    [AllowedRange(1, 100_000)]
    public int RequestsPerMinute { get; set; } = 60;

    /// <summary>How long one answer may take; models on a processor of one's own take their time.</summary>
    [AllowedRange("00:00:01", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Most pixels on the longer side of what is sent. Fewer cost less, and small print is no longer read.</summary>
    [AllowedRange(256, 2048)]
    public int LongSide { get; set; } = 1024;

    internal bool IsOn => Provider != None;

    internal bool HasPrices => InputPrice > 0 || OutputPrice > 0;

    internal IReadOnlyList<string> Prefixes =>
        (Prefix ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal bool Covers(string blobName) =>
        IsOn && (Prefixes is not { Count: > 0 } prefixes || prefixes.Any(prefix => blobName.StartsWith(prefix, StringComparison.Ordinal)));
}
