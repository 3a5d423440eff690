using System.Diagnostics;
using System.Text;
using Shared;

namespace Tests;

/// <summary>A command and what it printed.</summary>
internal static class Command
{
    private static readonly TimeSpan OutputDrain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <param name="program">The program and its arguments.</param>
    /// <param name="patience">How long it may say nothing; what hangs must not hang everything.</param>
    /// <param name="live">Sees each line as it comes.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        IReadOnlyList<string> program,
        TimeSpan patience,
        Action<string>? live = null,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = new ProcessStartInfo(program[0], program.Skip(1))
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var (output, silence) = (new StringBuilder(), new Patience(patience));
        void Add(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is null)
            {
                return;
            }
            silence.Restart();
            lock (output)
            {
                output.AppendLine(line.Data);
                live?.Invoke(line.Data);
            }
        }

        using var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var exited = new TaskCompletionSource();
        process.Exited += (_, _) => exited.TrySetResult();
        process.OutputDataReceived += Add;
        process.ErrorDataReceived += Add;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!exited.Task.IsCompleted && await Task.WhenAny(exited.Task, Task.Delay(Look)) != exited.Task)
        {
            if (silence.IsOver)
            {
                process.Kill(entireProcessTree: true);
                await exited.Task;
            }
        }

        await DrainAsync(process);
        lock (output)
        {
            return (process.ExitCode, output.ToString());
        }
    }

    // The build's servers outlive it and may hold on to its output.
    private static async Task DrainAsync(Process process)
    {
        using var limit = new CancellationTokenSource(OutputDrain);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) { }
    }
}
