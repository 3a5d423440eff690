using System.Diagnostics;
using System.Globalization;
using Local;

namespace Tests;

/// <summary>The steps of a test run, and how they add up.</summary>
internal sealed class TestRun
{
    /// <summary>
    /// Of an idle machine (<see cref="Shared.Patience"/>): a download or a compiler that hangs is found, a slow one is not disturbed.
    /// </summary>
    private static readonly TimeSpan BuildPatience = TimeSpan.FromMinutes(15);

    /// <summary>In which no test begins or ends. Longer than a test waits for anything: it says what it waited for.</summary>
    private static readonly TimeSpan TestPatience = TimeSpan.FromMinutes(10);

    /// <summary>Tests start hundreds of programs that live for seconds: compiling their code once more, and better, does not pay.</summary>
    private static readonly Dictionary<string, string> QuickStart = new()
    {
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_TC_CallCountThreshold"] = "400",
    };

    private readonly Stopwatch total = Stopwatch.StartNew();
    private readonly Lock adding = new();
    private TestResults results;

    /// <summary>What a fresh machine lacks: npm packages, and Chromium for the tests of the page.</summary>
    public async Task<bool> InstallAsync(IEnumerable<TestProject> projects) =>
        await InstallPackagesAsync() && await InstallBrowserAsync(projects);

    private async Task<bool> InstallPackagesAsync()
    {
        var watch = Stopwatch.StartNew();
        try
        {
            await Parallel.ForEachAsync(
                Repository.NodeFolders.Where(folder => !NodePackages.AreInstalled(folder)),
                new ParallelOptions { MaxDegreeOfParallelism = 2 },
                async (folder, cancellation) =>
                {
                    Console.WriteLine($"… installing the npm packages of {Path.GetRelativePath(Repository.Root, folder)}");
                    await NodePackages.InstallAsync(folder, cancellation: cancellation);
                }
            );
        }
        catch (NodePackagesException exception)
        {
            Fail("npm packages", exception.Message);
            return false;
        }
        Report('✓', "npm packages", "installed", watch.Elapsed);
        return true;
    }

    /// <summary>Chromium, where the tests of the page are among those to run. Only root can install it; anybody else is told how.</summary>
    private async Task<bool> InstallBrowserAsync(IEnumerable<TestProject> projects)
    {
        if (projects.All(project => project.Name != "Ui.Tests") || Chromium.Find() is not null)
        {
            return true;
        }

        if (Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get"))
        {
            Console.WriteLine("… installing Chromium with apt-get");
            await Command.RunAsync(["apt-get", "update", "-qq"], BuildPatience);
            await Command.RunAsync(["apt-get", "install", "-qq", "--yes", "--no-install-recommends", "chromium"], BuildPatience);
        }

        if (Chromium.Find() is null)
        {
            Fail("Chromium", $"The tests of the page need it. {Chromium.HowToInstall}");
            return false;
        }

        return true;
    }

    /// <summary>Counts as one test; whatever it says, the tests go on.</summary>
    public async Task<bool> CheckFormatAsync()
    {
        _ =
            await CheckAsync("Formatter", ["dotnet", "tool", "restore"], counts: false)
            && await CheckAsync("Formatting", ["dotnet", "csharpier", "check", "."], counts: true);
        return true;
    }

    /// <summary>Counts as one test: a package that its authors have deprecated fails it. Known flaws fail the build itself.</summary>
    public async Task CheckPackagesAsync()
    {
        var watch = Stopwatch.StartNew();
        string[] command = ["dotnet", "list", Repository.Solution, "package", "--deprecated", "--include-transitive"];
        var (exitCode, output) = await Command.RunAsync(command, BuildPatience);
        if (output.Contains("has the following deprecated packages", StringComparison.Ordinal))
        {
            Console.WriteLine(output);
            Fail("Packages", "one is deprecated: choose another, or a later version");
        }
        else if (exitCode != 0)
        {
            // Only the registry knows, and the tests need no network otherwise.
            Report('…', "Packages", "the registry cannot be asked", watch.Elapsed);
            Count(new TestResults(0, 0, 1));
        }
        else
        {
            Count(new TestResults(1, 0, 0));
            Report('✓', "Packages", "none deprecated", watch.Elapsed);
        }
    }

    /// <summary>Builds these projects, or everything, from the packages that the lock files pin; warnings are errors.</summary>
    public async Task<bool> BuildAsync(IReadOnlyCollection<TestProject> projects)
    {
        var server = new CompilerServer();
        try
        {
            return await BuildAsync(projects, server);
        }
        finally
        {
            await server.StopAsync(BuildPatience);
        }
    }

    private async Task<bool> BuildAsync(IReadOnlyCollection<TestProject> projects, CompilerServer server)
    {
        foreach (var target in projects.Count == 0 ? [Repository.Solution] : projects.Select(project => project.File))
        {
            string[] build =
            [
                "dotnet",
                "build",
                target,
                "--configuration",
                Repository.Configuration,
                "--nologo",
                "--verbosity",
                "quiet",
                "-p:RestoreLockedMode=true",
                // As it is deployed: comparing pictures takes half as long again without.
                "-p:Optimize=true",
                .. server.Arguments,
            ];
            if (
                !await CheckAsync(projects.Count == 0 ? "Build" : $"Build {Path.GetFileNameWithoutExtension(target)}", build, counts: false)
            )
            {
                return false;
            }
        }
        return true;
    }

    public async Task TestAsync(TestProject project, IEnumerable<string> options)
    {
        var file = Path.Combine(Path.GetDirectoryName(project.Assembly)!, "results.xml");
        File.Delete(file);
        var watch = Stopwatch.StartNew();
        var progress = new TestProgress();
        var (exitCode, _) = await Command.RunAsync(
            [
                "dotnet",
                project.Assembly,
                "-noLogo",
                "-noColor",
                "-noAutoReporters",
                "-reporter",
                "verbose",
                "-result-xml",
                file,
                .. options,
            ],
            TestPatience,
            progress.Take,
            QuickStart
        );
        var (outcome, complaint) = TestResults.Read(file, exitCode);
        Count(outcome);
        foreach (var test in complaint is null ? [] : progress.Unfinished)
        {
            Console.WriteLine($"  did not end: {test}");
        }
        Report(outcome.Failed == 0 ? '✓' : '✗', project.Name, complaint is null ? $"{outcome}" : $"{outcome} ({complaint})", watch.Elapsed);
    }

    public void Fail(string step, string reason)
    {
        Count(new TestResults(0, 1, 0));
        Console.WriteLine($"✗ {step}: {reason}");
    }

    public int Conclude()
    {
        Console.WriteLine();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{total.Elapsed.TotalSeconds:0.0} s in all; {ProcessorTime.OfChildren().TotalMinutes:0.0} min of processor time"
            )
        );
        Console.WriteLine(results);
        return results.Failed == 0 ? 0 : 1;
    }

    private async Task<bool> CheckAsync(string step, string[] command, bool counts)
    {
        var watch = Stopwatch.StartNew();
        var (exitCode, output) = await Command.RunAsync(command, BuildPatience);
        if (exitCode != 0)
        {
            Console.WriteLine(output);
            Fail(step, $"\"{string.Join(' ', command)}\" ended with exit code {exitCode}");
            return false;
        }
        Count(new TestResults(counts ? 1 : 0, 0, 0));
        Report('✓', step, "clean", watch.Elapsed);
        return true;
    }

    private void Count(TestResults more)
    {
        lock (adding)
        {
            results += more;
        }
    }

    private static void Report(char mark, string step, string outcome, TimeSpan took) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mark} {step, -24} {outcome, -36} {took.TotalSeconds, 6:0.0} s"));
}
