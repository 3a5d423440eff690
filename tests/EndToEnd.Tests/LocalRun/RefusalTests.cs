using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace EndToEnd.Tests.LocalRun;

/// <summary>What keeps the local run from starting is said in one sentence.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task A_busy_port_is_named_with_the_option_that_changes_it()
    {
        using var folder = new TemporaryFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var sentence = await RefusalAsync([.. LocalStack.FreePorts, "--blob-port", port, "--data", folder]);

        Assert.Equal(
            $"Port {port} is in use: stop the program that listens there, or choose another port with --blob-port (0 takes any free one).",
            sentence
        );
    }

    [Fact]
    public async Task A_data_folder_in_use_is_not_shared()
    {
        await using var stack = await LocalStack.StartAsync();

        var sentence = await RefusalAsync([.. LocalStack.FreePorts, "--data", stack.DataFolder]);

        Assert.Equal(
            $"Another local run uses {stack.DataFolder} (process {stack.Processes.Runner},"
                + $" {stack.Http.BaseAddress!.GetLeftPart(UriPartial.Authority)}): "
                + "stop it first, or choose another folder with --data.",
            sentence
        );
        Assert.Equal(HttpStatusCode.OK, (await stack.Http.GetAsync("api/health")).StatusCode);
    }

    [Fact]
    public async Task A_folder_of_something_else_is_left_alone_even_when_asked_for_a_fresh_start()
    {
        using var folder = new TemporaryFolder();
        var precious = Path.Combine(folder, "azurite", "precious.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(precious)!);
        await File.WriteAllTextAsync(precious, "mine");

        var sentence = await RefusalAsync([.. LocalStack.FreePorts, "--fresh", "--data", folder]);

        Assert.Equal($"{folder} holds other files: choose an empty or a new folder with --data.", sentence);
        Assert.Equal("mine", await File.ReadAllTextAsync(precious));
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_refused()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "");

        var sentence = await RefusalAsync([.. LocalStack.FreePorts, "--data", Path.Combine(file, "data")]);

        Assert.StartsWith($"{Path.Combine(file, "data")} cannot be used as data folder: ", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_Node_says_what_to_install()
    {
        using var folder = new TemporaryFolder();
        using var emptyPath = new TemporaryFolder();

        var sentence = await RefusalAsync([.. LocalStack.FreePorts, "--data", folder], emptyPath);

        Assert.Equal("node was not found: install Node.js 20 or later, which brings npm (https://nodejs.org).", sentence);
    }

    [Fact]
    public async Task Old_Node_says_what_to_install()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The old Node is a shell script.");
        using var folder = new TemporaryFolder();
        using var path = new TemporaryFolder();
        var node = Path.Combine(path, "node");
        await File.WriteAllTextAsync(node, "#!/bin/sh\necho v18.19.0\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(node, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var sentence = await RefusalAsync([.. LocalStack.FreePorts, "--data", folder], path);

        Assert.Equal("Node.js v18.19.0 is too old: install Node.js 20 or later (https://nodejs.org).", sentence);
    }

    [Fact]
    public async Task An_app_that_refuses_its_settings_is_quoted()
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string> { ["Duplicates__Mode"] = "maybe" };

        var (exitCode, _, errors) = await LocalProgram.RunAsync([.. LocalStack.FreePorts, "--data", folder], settings);

        Assert.Equal(1, exitCode);
        Assert.Contains("Functions host stopped by itself", errors, StringComparison.Ordinal);
        Assert.Contains("Duplicates:Mode", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_that_cannot_be_is_named()
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string> { ["Storage__Images"] = "No Container" };

        var (exitCode, _, errors) = await LocalProgram.RunAsync([.. LocalStack.FreePorts, "--data", folder], settings);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("✗ The container \"No Container\" cannot be created: ", errors.TrimStart(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_option_ends_it_with_exit_code_2()
    {
        var (exitCode, output, errors) = await LocalProgram.RunAsync(["--frsh"]);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains("Unrecognized command or argument '--frsh'.", errors, StringComparison.Ordinal);
        Assert.Contains("--fresh", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uploading_to_nothing_says_what_to_start()
    {
        using var folder = new TemporaryFolder();

        var (exitCode, _, errors) = await LocalProgram.RunAsync(["--data", folder, "upload", "cat.jpg"]);

        Assert.Equal((1, $"✗ Nothing runs on {folder}: start it first with \"dotnet run --project local\"."), (exitCode, errors.Trim()));
    }

    private static async Task<string> RefusalAsync(string[] arguments, string? path = null)
    {
        var environment = path is null ? null : new Dictionary<string, string> { ["PATH"] = path };
        var (exitCode, _, errors) = await LocalProgram.RunAsync(arguments, environment);
        Assert.Equal(1, exitCode);
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.StartsWith("✗ ", line, StringComparison.Ordinal);
        return line[2..];
    }
}
