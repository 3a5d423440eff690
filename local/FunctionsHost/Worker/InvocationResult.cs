using FunctionsHost.Worker.Protocol;

namespace FunctionsHost.Worker;

/// <summary>The result of an invocation.</summary>
/// <param name="Error">Why it failed; null if it succeeded.</param>
/// <param name="IsLost">The worker exited, or did not answer in time after cancellation.</param>
internal sealed record InvocationResult(string? Error, bool IsLost = false)
{
    public bool Succeeded => Error is null;

    public static InvocationResult Of(StatusResult result) =>
        result.Status switch
        {
            StatusResult.Types.Status.Success => new(Error: null),
            StatusResult.Types.Status.Cancelled => new("The invocation was cancelled."),
            _ => new(result.Exception is { } e ? $"{e.Type}: {e.Message}\n{e.StackTrace}".TrimEnd() : "The invocation failed."),
        };
}
