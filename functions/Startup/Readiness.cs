using System.Runtime.ExceptionServices;

namespace Serverless.Startup;

/// <summary>Whether the app is ready to work, and what it still waits for. Thread-safe.</summary>
internal sealed class Readiness
{
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly Dictionary<string, string?> waiting = [];

    public bool IsReady => ready.Task.IsCompletedSuccessfully;

    /// <summary>Why the app can never become ready; null otherwise.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>What the app waits for, as a sentence without keys or addresses.</summary>
    public string Reason
    {
        get
        {
            lock (gate)
            {
                var parts = waiting.Select(step => step.Value is { } error ? $"{step.Key} ({error})" : step.Key);
                return $"The app is starting and waiting for: {string.Join("; ", parts.DefaultIfEmpty("its first step"))}.";
            }
        }
    }

    /// <exception cref="OperationCanceledException">Cancelled, or the app will never be ready.</exception>
    public Task WaitAsync(CancellationToken cancellation) => ready.Task.WaitAsync(cancellation);

    /// <param name="error">The last error; null before the first failure.</param>
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

    /// <summary>The app can never become ready: releases everyone who waits.</summary>
    public void Fail(Exception error)
    {
        lock (gate)
        {
            Failure ??= error;
        }

        ready.TrySetCanceled();
    }

    /// <summary>Throws the error that ended the app, if any.</summary>
    public void ThrowIfFailed()
    {
        if (Failure is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }
}
