namespace FunctionsHost.Handler;

/// <summary>
/// Lets invocations run side by side, and those that a handler died of run alone: so the next death tells which one it is. Nobody
/// waits here for long; what runs for minutes, as a reconciliation may, does not hold up the rest.
/// </summary>
internal sealed class InvocationGate : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _door = new(1, 1);
    private readonly Lock _counting = new();
    private int _running;
    private TaskCompletionSource _empty = Completed();

    /// <summary>Ends when what is returned is disposed.</summary>
    public async Task<IDisposable> EnterAsync(bool alone, CancellationToken abandoned)
    {
        var open = await _door.WaitAsync(Patience, abandoned);
        try
        {
            if (alone)
            {
                await Empty().WaitAsync(Patience, abandoned).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                abandoned.ThrowIfCancellationRequested();
            }

            Begin();
        }
        catch
        {
            Release(open);
            throw;
        }

        if (!alone)
        {
            Release(open);
        }

        return new Turn(this, keepsDoor: alone && open);
    }

    public void Dispose() => _door.Dispose();

    private void Release(bool open)
    {
        if (open)
        {
            _door.Release();
        }
    }

    private Task Empty()
    {
        lock (_counting)
        {
            return _empty.Task;
        }
    }

    private void Begin()
    {
        lock (_counting)
        {
            if (_running++ == 0)
            {
                _empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private void End(bool keepsDoor)
    {
        lock (_counting)
        {
            if (--_running == 0)
            {
                _empty.SetResult();
            }
        }

        Release(keepsDoor);
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    private sealed class Turn(InvocationGate gate, bool keepsDoor) : IDisposable
    {
        public void Dispose() => gate.End(keepsDoor);
    }
}
