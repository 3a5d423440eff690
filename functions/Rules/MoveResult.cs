namespace Serverless.Rules;

/// <summary>What became of a move.</summary>
/// <param name="IsMade">Whether there is something to undo.</param>
/// <param name="Reason">Why it was not made, or not to the end; null if it was.</param>
internal readonly record struct MoveResult(bool IsMade, string? Reason)
{
    public static MoveResult Made => new(true, null);

    public static MoveResult Not(string reason) => new(false, reason);
}
