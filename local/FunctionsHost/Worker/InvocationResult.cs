using FunctionsHost.Worker.Protocol;

namespace FunctionsHost.Worker;

/// <summary>The result of an invocation.</summary>
/// <param name="Error">Why it failed; null if it succeeded.</param>
/// <param name="ReturnValue">The function's return value, if any.</param>
internal sealed record InvocationResult(string? Error, TypedData? ReturnValue = null)
{
    public bool Succeeded => Error is null;

    /// <summary>The worker exited, or did not answer in time after cancellation.</summary>
    public bool IsLost { get; init; }

    public static InvocationResult Of(InvocationResponse response) =>
        response.Result.Status switch
        {
            StatusResult.Types.Status.Success => new(null, response.ReturnValue),
            StatusResult.Types.Status.Cancelled => new("The invocation was cancelled."),
            _ when response.Result.Exception is { } e => new($"{e.Type}: {e.Message}\n{e.StackTrace}".TrimEnd()),
            _ => new("The invocation failed."),
        };

    public static InvocationResult Lost(string reason) => new(reason) { IsLost = true };
}
