namespace Serverless.Rules;

/// <summary>How far a planned pair is.</summary>
internal enum RuleOutcome
{
    Planned,
    Done,

    /// <summary>Not everything could be done; the reason says why.</summary>
    Left,
}
