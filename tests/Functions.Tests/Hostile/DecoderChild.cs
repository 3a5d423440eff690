using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Shared;

namespace Functions.Tests.Hostile;

/// <summary>
/// A test of this program run in a process of its own, so that a crash of native code is a failure with a name and not the end
/// of the test run, and so that its memory can be measured. The explicit test says where it is in a file, line by line.
/// </summary>
internal static class DecoderChild
{
    private const string ProgressFile = "DECODER_CHILD_PROGRESS";

    /// <summary>Runs an explicit test; returns the lines that it noted, and how it ended.</summary>
    public static async Task<(int ExitCode, string[] Notes, string Output)> RunAsync(
        Type type,
        string test,
        params (string Name, string Value)[] variables
    )
    {
        var progress = Path.GetTempFileName();
        var start = new ProcessStartInfo(
            "dotnet",
            [Assembly.GetExecutingAssembly().Location, "-explicit", "only", "-method", $"{type.FullName}.{test}", "-noColor"]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[ProgressFile] = progress;
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEndAsync();
        var errors = child.StandardError.ReadToEndAsync();
        try
        {
            await Patience.ForAsync(child.WaitForExitAsync(), test);
        }
        catch (TimeoutException)
        {
            child.Kill(entireProcessTree: true);
            await child.WaitForExitAsync();
        }

        try
        {
            return (child.ExitCode, await File.ReadAllLinesAsync(progress), await output + await errors);
        }
        finally
        {
            File.Delete(progress);
        }
    }

    /// <summary>Called by the explicit test: says what it is about to do, before a crash can come.</summary>
    public static void Note(string line) =>
        File.AppendAllText(
            Environment.GetEnvironmentVariable(ProgressFile) ?? throw new InvalidOperationException("This test is started by another one."),
            line + "\n"
        );

    /// <summary>The most physical memory that this process ever had, in MiB; Linux only.</summary>
    public static long PeakMemory() =>
        long.Parse(
            File.ReadLines("/proc/self/status")
                .First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                .AsSpan(6)
                .Trim()
                .ToString()
                .Split(' ')[0],
            CultureInfo.InvariantCulture
        ) / 1024;
}
