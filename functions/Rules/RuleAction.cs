namespace Serverless.Rules;

/// <summary>What becomes of the pairs that a rule applies to.</summary>
internal enum RuleAction
{
    /// <summary>The winner stays, the loser is in quarantine.</summary>
    Keep,

    /// <summary>The winner stays, the loser is in the trash.</summary>
    Trash,

    /// <summary>Both stay: they are no duplicates.</summary>
    Restore,
}
