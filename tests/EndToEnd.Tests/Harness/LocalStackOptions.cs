namespace EndToEnd.Tests;

internal sealed record LocalStackOptions
{
    /// <summary>How long a written document stays invisible to searches.</summary>
    public int? IndexingDelayMilliseconds { get; init; }

    /// <summary>Settings of the app, <c>__</c> for <c>:</c>, and anything else for the environment of all processes.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The state of an earlier stack; absent, a temporary folder that goes with this one.</summary>
    public string? DataFolder { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>A program that starts the one given to it, such as setsid.</summary>
    public string? Wrapper { get; init; }
}
