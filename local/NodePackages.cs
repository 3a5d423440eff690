using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Local;

/// <summary>
/// The npm packages that a folder's package-lock.json pins. They are installed in a temporary folder and renamed, so that an interrupted
/// installation never looks complete.
/// </summary>
internal static class NodePackages
{
    public const int OldestNode = 20;
    private const long LeastFreeBytes = 700_000_000;
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(5);

    // npm ends with its standard input, so that it never outlives a killed parent.
    private const int NpmNotFound = 127;
    private const string RunNpm = """
        const { spawn } = require("node:child_process");
        const npm = spawn("npm", process.argv.slice(1), { stdio: ["ignore", "inherit", "inherit"], shell: process.platform === "win32" });
        npm.on("error", () => process.exit(127)).on("exit", (code) => process.exit(code ?? 1));
        process.stdin.on("end", () => npm.kill("SIGKILL")).resume();
        process.on("SIGHUP", () => {}).on("SIGINT", () => {});
        """;

    public static bool AreInstalled(string folder) =>
        File.Exists(MarkerOf(Modules(folder))) && File.ReadAllText(MarkerOf(Modules(folder))) == LockHash(folder);

    /// <summary>Installs the packages unless they are there already. Safe for several processes at once.</summary>
    /// <param name="progress">Receives the number of installed packages and the total.</param>
    /// <exception cref="NodePackagesException">The installation failed; the message says what is missing.</exception>
    public static async Task InstallAsync(string folder, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        if (AreInstalled(folder))
        {
            return;
        }
        await RequireNodeAsync(cancellation);
        try
        {
            await using var turn = await WaitForTurnAsync(folder, cancellation);
            if (!AreInstalled(folder))
            {
                await InstallAloneAsync(folder, progress, cancellation);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NodePackagesException($"The packages cannot be installed in {folder}: {exception.Message}");
        }
    }

    /// <exception cref="NodePackagesException">Node.js is missing or too old.</exception>
    public static async Task RequireNodeAsync(CancellationToken cancellation = default)
    {
        var (_, version) = await RunAsync("node", ["--version"], Path.GetTempPath(), cancellation);
        version = version.Trim();
        if (!int.TryParse(version.TrimStart('v').Split('.')[0], out var major) || major < OldestNode)
        {
            throw new NodePackagesException($"Node.js {version} is too old: install Node.js {OldestNode} or later (https://nodejs.org).");
        }
    }

    private static async Task InstallAloneAsync(string folder, Action<int, int>? progress, CancellationToken cancellation)
    {
        RequireSpace(folder);
        RemoveLeftovers(folder);
        var staging = Path.Combine(Staging(folder), Path.GetRandomFileName());
        Directory.CreateDirectory(staging);
        File.Copy(Path.Combine(folder, "package.json"), Path.Combine(staging, "package.json"));
        File.Copy(Path.Combine(folder, "package-lock.json"), Path.Combine(staging, "package-lock.json"));

        var running = RunAsync(
            "node",
            ["-e", RunNpm, "--", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            staging,
            cancellation
        );
        await ReportAsync(progress, staging, running);
        var (exitCode, output) = await running;
        if (exitCode == NpmNotFound)
        {
            throw NotFound("npm");
        }
        if (exitCode != 0)
        {
            throw new NodePackagesException($"npm could not install the packages of {folder} (exit code {exitCode}): {LastLines(output)}");
        }

        await File.WriteAllTextAsync(MarkerOf(Modules(staging)), LockHash(folder), cancellation);
        if (Directory.Exists(Modules(folder)))
        {
            Directory.Move(Modules(folder), Path.Combine(staging, "replaced"));
        }
        Directory.Move(Modules(staging), Modules(folder));
        RemoveLeftovers(folder);
    }

    private static async Task ReportAsync(Action<int, int>? progress, string staging, Task running)
    {
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(staging, "package-lock.json")));
        var packages = document
            .RootElement.GetProperty("packages")
            .EnumerateObject()
            .Select(package => package.Name)
            .Where(name => name.Length > 0)
            .ToList();
        while (await Task.WhenAny(running, Task.Delay(ProgressInterval)) != running)
        {
            progress?.Invoke(packages.Count(name => File.Exists(Path.Combine(staging, name, "package.json"))), packages.Count);
        }
    }

    private static void RequireSpace(string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < LeastFreeBytes)
        {
            throw new NodePackagesException(
                $"The disk of {folder} has only {free / 1_000_000} MB free, and the packages need "
                    + $"{LeastFreeBytes / 1_000_000} MB: make room."
            );
        }
    }

    private static async Task<FileStream> WaitForTurnAsync(string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(folder, "obj"));
        var path = Path.Combine(folder, "obj", "install.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (FileLocks.IsTaken(exception))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
            }
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string program,
        string[] arguments,
        string folder,
        CancellationToken cancellation
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var output = new StringBuilder();
        void Add(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is not null)
            {
                lock (output)
                {
                    output.AppendLine(line.Data);
                }
            }
        }

        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += Add;
        process.ErrorDataReceived += Add;
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            throw NotFound(program);
        }
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return (process.ExitCode, output.ToString());
    }

    // An npm that outlived a killed parent may still write here; it fails once its folder is gone.
    private static void RemoveLeftovers(string folder)
    {
        try
        {
            Directory.Delete(Staging(folder), recursive: true);
        }
        catch (IOException) { }
    }

    private static NodePackagesException NotFound(string program) =>
        new($"{program} was not found: install Node.js {OldestNode} or later, which brings npm (https://nodejs.org).");

    private static string LastLines(string output) =>
        string.Join(' ', output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(3));

    private static string LockHash(string folder) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "package-lock.json"))));

    private static string Modules(string folder) => Path.Combine(folder, "node_modules");

    private static string Staging(string folder) => Path.Combine(folder, "obj", "staging");

    private static string MarkerOf(string modules) => Path.Combine(modules, ".installed");
}
