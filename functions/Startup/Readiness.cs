using System.Runtime.ExceptionServices;

namespace Serverless.Startup;

/// <summary>Whether the app has all it needs to work, and what it still waits for. Safe to share between threads.</summary>
internal sealed class Readiness
{
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly Dictionary<string, string?> waiting = [];

    public bool IsReady => ready.Task.IsCompletedSuccessfully;

    /// <summary>Why the app can never become ready; null while it still can.</summary>
    public Exception? Refusal { get; private set; }

    /// <summary>What is waited for, as a sentence; it says nothing of keys or addresses.</summary>
    public string Reason
    {
        get
        {
            lock (gate)
            {
                var parts = waiting.Select(step => step.Value is { } error ? $"{step.Key} ({error})" : step.Key);
                return $"The app is starting and waits for: {string.Join("; ", parts.DefaultIfEmpty("its first step"))}.";
            }
        }
    }

    /// <exception cref="OperationCanceledException">Cancelled, or the app will never be ready.</exception>
    public Task WaitAsync(CancellationToken cancellation) => ready.Task.WaitAsync(cancellation);

    /// <param name="error">Why it did not succeed so far; null before the first attempt has failed.</param>
    public void Waits(string step, string? error = null)
    {
        lock (gate)
        {
            waiting[step] = error;
        }
    }

    public void Done(string step)
    {
        lock (gate)
        {
            waiting.Remove(step);
        }
    }

    public void Complete() => ready.TrySetResult();

    /// <summary>The app can never become ready: whoever waits is let go.</summary>
    public void Refuse(Exception error)
    {
        lock (gate)
        {
            Refusal ??= error;
        }

        ready.TrySetCanceled();
    }

    /// <summary>Throws what ended the app, where something did.</summary>
    public void ThrowIfRefused()
    {
        if (Refusal is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }
}
