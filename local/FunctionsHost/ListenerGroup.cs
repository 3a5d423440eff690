using FunctionsHost.Configuration;
using FunctionsHost.Storage;

namespace FunctionsHost;

/// <summary>Runs the listeners together, and gives what they are doing a while to end when they are to stop.</summary>
internal sealed class ListenerGroup(FunctionApp app, IReadOnlyList<IListener> listeners, ILogger log) : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>Ends when it is stopped, or with the first listener that fails.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public void Start() => Running = RunAsync();

    public async Task StopAsync(bool atOnce)
    {
        await _stopping.CancelAsync();
        if (atOnce)
        {
            await _abandoned.CancelAsync();
        }

        if (await Task.WhenAny(Running, Task.Delay(Grace)) != Running)
        {
            log.AbandoningInvocations(Grace);
            await _abandoned.CancelAsync();
        }

        await Running;
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _abandoned.Dispose();
        listeners.OfType<IDisposable>().ToList().ForEach(listener => listener.Dispose());
    }

    private async Task RunAsync()
    {
        try
        {
            if (app.Functions.Any(function => function.Trigger is BlobTrigger or TimerTrigger))
            {
                await CreateHostContainerAsync();
            }

            Task[] running = [Cancellation.OfAsync(_stopping.Token), .. listeners.Select(listener => listener.RunAsync(_stopping.Token, _abandoned.Token))];
            await foreach (var ended in Task.WhenEach(running).WithCancellation(_abandoned.Token))
            {
                await ended;
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
    }

    private Task CreateHostContainerAsync()
    {
        var container = StorageAccount.Connect(StorageAccount.DefaultConnection, HostJson.FileName, app.Settings).HostContainer;
        return StorageRetry.UntilDoneAsync(
            "creating the host's container", () => container.CreateIfNotExistsAsync(cancellationToken: _stopping.Token), log, _stopping.Token);
    }
}
