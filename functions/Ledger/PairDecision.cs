namespace Serverless.Ledger;

/// <summary>What a person decided about two images.</summary>
/// <param name="KeptId">The one to keep instead of the other; null if they are not duplicates.</param>
internal sealed record PairDecision(string? KeptId);
