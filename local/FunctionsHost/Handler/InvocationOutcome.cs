namespace FunctionsHost.Handler;

/// <summary>What came of an invocation.</summary>
/// <param name="Failure">Null on success.</param>
/// <param name="Ended">The handler ended while this ran.</param>
/// <param name="Blamed">It ended because of this, as far as can be told.</param>
internal readonly record struct InvocationOutcome(string? Failure, bool Ended = false, bool Blamed = false)
{
    public bool Succeeded => Failure is null;
}
