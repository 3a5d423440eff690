namespace Tests;

/// <summary>
/// One warm compiler for all projects of a run: loading it and the analyzers takes longer than most projects. It has a name of its own, so
/// that it can be stopped without disturbing others, and works where the environment turns off the shared one, which outlives its builds.
/// </summary>
internal sealed class CompilerServer
{
    private readonly string name = $"tests-{Environment.ProcessId}";

    /// <summary>What builds add to their arguments; the first starts the server.</summary>
    public IReadOnlyList<string> Arguments => ["-p:UseSharedCompilation=true", $"-p:SharedCompilationId={name}"];

    public async Task StopAsync(TimeSpan patience)
    {
        string[] ask = ["dotnet", "msbuild", Path.Combine(Repository.Root, "tests", "Tests.csproj"), "-getProperty:RoslynTargetsPath"];
        var (_, folder) = await Command.RunAsync(ask, patience);
        var program = Path.Combine(folder.Trim(), "bincore", OperatingSystem.IsWindows() ? "VBCSCompiler.exe" : "VBCSCompiler");
        if (File.Exists(program))
        {
            await Command.RunAsync([program, "-shutdown", $"-pipename:{name}"], patience);
        }
    }
}
