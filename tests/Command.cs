using System.Diagnostics;
using System.Text;

namespace Tests;

/// <summary>A command and what it printed.</summary>
internal static class Command
{
    private static readonly TimeSpan OutputDrain = TimeSpan.FromSeconds(2);

    /// <param name="program">The program and its arguments.</param>
    /// <param name="patience">How long it may take; a test that hangs must not hang everything.</param>
    /// <param name="live">Shows the output while it comes.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        IReadOnlyList<string> program, TimeSpan patience, bool live = false, IReadOnlyDictionary<string, string>? environment = null)
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

        var output = new StringBuilder();
        void Add(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is null)
            {
                return;
            }
            lock (output)
            {
                output.AppendLine(line.Data);
                if (live)
                {
                    Console.WriteLine(line.Data);
                }
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
        try
        {
            await exited.Task.WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await exited.Task;
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
        catch (OperationCanceledException)
        {
        }
    }
}
