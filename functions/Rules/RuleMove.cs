namespace Serverless.Rules;

/// <summary>What is done with a pair, each the same as a person's single decision.</summary>
internal enum RuleMove
{
    /// <summary>The live second image goes to quarantine as a copy of the kept one.</summary>
    Quarantine,

    /// <summary>The quarantined image is kept instead of the other one.</summary>
    Swap,

    /// <summary>The winner gets tags and texts of the loser.</summary>
    Merge,

    /// <summary>The loser, in quarantine, goes to the trash.</summary>
    Trash,

    /// <summary>The quarantined image goes back: it is no duplicate.</summary>
    Restore,
}
