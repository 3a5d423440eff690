namespace Serverless.Rules;

/// <summary>Why a rule changes nothing about a pair.</summary>
internal enum RuleObstacle
{
    /// <summary>It is already as the rule wants it.</summary>
    AlreadySo,

    /// <summary>No comparator prefers one of the two.</summary>
    Undecided,

    /// <summary>The one that would give way is under a prefix that never loses.</summary>
    NeverLoses,

    /// <summary>The kept image is gone, or is being processed.</summary>
    KeptGone,
}
