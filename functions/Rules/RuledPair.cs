namespace Serverless.Rules;

/// <summary>A rule's decision on a pair, and what was done of it.</summary>
internal sealed record RuledPair
{
    /// <summary>The image that duplicates or resembles the kept one.</summary>
    public required string Id { get; init; }

    public required string Path { get; init; }

    /// <summary>The image that is kept before the rule.</summary>
    public required string KeptId { get; init; }

    public required string KeptPath { get; init; }

    /// <summary>The image of the group that stays; null if both do, or nothing is decided.</summary>
    public string? WinnerId { get; init; }

    /// <summary>The comparator that decided; null if none had to.</summary>
    public ComparatorKind? By { get; init; }

    /// <summary>In order; empty if nothing changes.</summary>
    public IReadOnlyList<RuleMove> Moves { get; init; } = [];

    /// <summary>Why nothing changes; null if something does.</summary>
    public RuleObstacle? Obstacle { get; init; }

    public MergedTexts? Merged { get; init; }

    /// <summary>Bytes of what goes to the trash: freed when its retention is over.</summary>
    public long BytesFreed { get; init; }

    /// <summary>What the member's bytes were when the rule decided.</summary>
    public string? Sha256 { get; init; }

    public RuleOutcome Outcome { get; init; }

    /// <summary>The moves that were made.</summary>
    public IReadOnlyList<RuleMove> Done { get; init; } = [];

    /// <summary>Why not all could be made.</summary>
    public string? Reason { get; init; }

    /// <summary>The one of the two that gives way.</summary>
    public string LoserId => WinnerId == Id ? KeptId : Id;
}
