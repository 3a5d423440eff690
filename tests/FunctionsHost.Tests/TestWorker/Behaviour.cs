using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace TestWorker;

/// <summary>Records a call, then does as the test wishes.</summary>
internal sealed partial class Behaviour(TestFolder folder, ILogger<Behaviour> log)
{
    private static int count;
    private static int running;

    public async Task RunAsync(FunctionContext context, object? data, string? key = null, CancellationToken stop = default)
    {
        var name = context.FunctionDefinition.Name;
        Record(name, context, data, Interlocked.Increment(ref running));
        try
        {
            await ActAsync(folder.Mode(name, key).Split(':'), stop);
            folder.Write($"done-{name}-{Guid.NewGuid():N}", key ?? "");
            WasHere(log, name);
        }
        catch (OperationCanceledException)
        {
            folder.Write($"cancelled-{name}", "");
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Function} was here")]
    private static partial void WasHere(ILogger log, string function);

    private async Task ActAsync(string[] mode, CancellationToken stop)
    {
        switch (mode[0])
        {
            case "ok":
                break;
            case "fail":
                throw new InvalidOperationException("no luck");
            case "crash":
                Environment.Exit(7);
                break;
            case "kill":
                Environment.FailFast("as the test wishes");
                break;
            case "wait":
                await folder.WaitForAsync(mode[1], stop);
                break;
            case "deaf":
                await folder.WaitForAsync(mode[1], CancellationToken.None);
                break;
            default:
                throw new InvalidOperationException($"unknown mode {mode[0]}");
        }
    }

    private void Record(string function, FunctionContext context, object? data, int now) =>
        folder.Write(
            $"call-{function}-{Environment.TickCount64:D12}-{Environment.ProcessId}-{Interlocked.Increment(ref count):D6}",
            JsonSerializer.Serialize(
                new
                {
                    Data = data,
                    Metadata = context.BindingContext.BindingData,
                    context.TraceContext.TraceParent,
                    Running = now,
                }
            )
        );
}
