using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Shared;

namespace EndToEnd.Tests;

/// <summary>The real program behind <c>dotnet run --project local</c>, and everything it prints.</summary>
internal sealed class LocalProgram : IAsyncDisposable
{
    private static readonly string Assembly = typeof(LocalProgram)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(item => item.Key == "Local")
        .Value!;

    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();
    private readonly Process process;
    private event Action<string>? LineRead;

    private LocalProgram(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Read(output, line.Data);
        process.ErrorDataReceived += (_, line) => Read(errors, line.Data);
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public string Output => Text(output);

    public string Errors => Text(errors);

    /// <param name="wrapper">A program that starts the one given to it, such as setsid.</param>
    public static LocalProgram Start(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? wrapper = null
    )
    {
        string[] command = [.. wrapper is null ? (string[])[] : [wrapper], DotNet, Assembly, "--stop-with-stdin", .. arguments];
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        var program = new LocalProgram(start);
        program.process.Start();
        return program;
    }

    /// <summary>Runs it to its end, for runs that are expected to end on their own.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        await using var program = Start(arguments, environment);
        program.BeginRead();
        var exitCode = await program.WaitForExitAsync();
        return (exitCode, program.Output, program.Errors);
    }

    public async Task WaitUntilReadyAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LineRead += line =>
        {
            if (line.StartsWith("ready ", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        };
        BeginRead();
        var exit = process.WaitForExitAsync();
        if (await Patience.ForAsync(Task.WhenAny(ready.Task, exit), "the local run is ready") == exit)
        {
            throw new InvalidOperationException($"The local run ended with exit code {process.ExitCode}:\n{Output}\n{Errors}");
        }
    }

    public async Task<int> WaitForExitAsync()
    {
        await Patience.ForAsync(process.WaitForExitAsync(), "the local run has ended");
        return process.ExitCode;
    }

    public void Kill() => process.Kill();

    /// <summary>Ends standard input, which the program takes for a request to stop.</summary>
    public void EndInput() => process.StandardInput.Close();

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            EndInput();
            await WaitForExitAsync();
        }
        process.Dispose();
    }

    private static string DotNet => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private void BeginRead()
    {
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void Read(StringBuilder text, string? line)
    {
        if (line is null)
        {
            return;
        }
        lock (text)
        {
            text.AppendLine(line);
        }
        LineRead?.Invoke(line);
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
