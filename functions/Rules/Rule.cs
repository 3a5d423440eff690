using Serverless.Images;

namespace Serverless.Rules;

/// <summary>Decides many alike pairs at once: which pairs, which of the two wins, and what becomes of the other one.</summary>
internal sealed record Rule
{
    public RuleSearch Search { get; init; } = new();

    /// <summary>In order: a tie is decided by the next one, and a tie in all of them changes nothing.</summary>
    public IReadOnlyList<Comparator> Keep { get; init; } = [];

    public RuleAction Action { get; init; }

    /// <summary>Starts of whole paths: what is there is never moved or put in the trash.</summary>
    public IReadOnlyList<string> NeverLose { get; init; } = [];

    /// <summary>Whether the winner also gets the loser's tags, and its alt text and description where it has none.</summary>
    public bool Merge { get; init; }

    public bool Protects(ImageRecord record) =>
        NeverLose.Any(prefix => record.Path.ToString().StartsWith(prefix, StringComparison.Ordinal));
}
