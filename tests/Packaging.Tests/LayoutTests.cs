using System.Diagnostics;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using Shared;

namespace Packaging.Tests;

public sealed class LayoutTests(PublishedApp app)
{
    [Fact]
    public void It_is_laid_out_as_the_functions_host_expects()
    {
        var worker = Json("worker.config.json").GetProperty("description");
        Assert.Equal(
            ("dotnet-isolated", "dotnet"),
            (worker.GetProperty("language").GetString(), worker.GetProperty("defaultExecutablePath").GetString())
        );
        Assert.True(File.Exists(Path.Combine(app.Folder, worker.GetProperty("defaultWorkerPath").GetString()!)));
        Assert.Equal("2.0", Json("host.json").GetProperty("version").GetString());
        Assert.Empty(Directory.EnumerateFiles(app.Folder, "local.settings*.json"));

        var written = Directory
            .EnumerateFiles(Path.Combine(RepositoryFolder.Path, "functions", "Functions"), "*.cs")
            .Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(
            written.Order(StringComparer.Ordinal),
            Functions.Select(function => function.GetProperty("name").GetString()).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void It_brings_the_extensions_of_its_triggers()
    {
        var extensions = Json("extensions.json").GetProperty("extensions").EnumerateArray().ToList();
        Assert.Superset(
            new HashSet<string> { "AzureStorageBlobs", "AzureStorageQueues" },
            extensions.Select(extension => extension.GetProperty("name").GetString()!).ToHashSet()
        );
        Assert.All(
            extensions,
            extension => Assert.True(File.Exists(Path.Combine(app.Folder, extension.GetProperty("hintPath").GetString()!)))
        );
    }

    [Fact]
    public void It_brings_what_is_native_for_linux_only_and_is_compiled_ahead()
    {
        Assert.All(
            [
                "libvips.so.42",
                "libonnxruntime.so",
                "models/default/onnx/vision_model.onnx",
                "models/default/onnx/text_model.onnx",
                "models/default/tokenizer.json",
            ],
            file => Assert.True(File.Exists(Path.Combine(app.Folder, file)), $"{file} is not there.")
        );
        Assert.DoesNotContain(
            Directory.EnumerateFiles(app.Folder, "*", SearchOption.AllDirectories),
            file => file.EndsWith(".dylib", StringComparison.Ordinal)
        );
        using var assembly = new PEReader(File.OpenRead(Path.Combine(app.Folder, "Functions.dll")));
        Assert.NotEqual(0, assembly.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
    }

    [Fact]
    public void Event_grid_tells_of_uploads_to_the_container_that_is_set()
    {
        var upload = Assert.Single(
            Assert
                .Single(Functions, function => function.GetProperty("name").GetString() == "IngestImage")
                .GetProperty("bindings")
                .EnumerateArray()
        );
        Assert.Equal(
            ("EventGrid", "%Storage:Images%/{name}"),
            (upload.GetProperty("source").GetString(), upload.GetProperty("path").GetString())
        );

        using var sample = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "local.settings.sample.json")));
        var settings = sample.RootElement.GetProperty("Values");
        Assert.Equal(
            ("images", "dotnet-isolated"),
            (settings.GetProperty("Storage__Images").GetString(), settings.GetProperty("FUNCTIONS_WORKER_RUNTIME").GetString())
        );
    }

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("Dockerfile.cuda")]
    public void An_image_is_made_of_files_that_are_there_and_published_alike(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(RepositoryFolder.Path, "infra", "docker", name));
        var sources = lines
            .Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1])
            .ToList();
        Assert.NotEmpty(sources);
        Assert.All(
            sources,
            source => Assert.True(Path.Exists(Path.Combine(RepositoryFolder.Path, source)), $"{name} copies {source}, which is not there.")
        );
        Assert.All(["functions/", "host.json", "models/default/"], needed => Assert.Contains(needed, sources));

        var publish = Assert.Single(lines, line => line.StartsWith("RUN dotnet publish ", StringComparison.Ordinal)).Split(' ')[2..^2];
        Assert.Equal(PublishedApp.Arguments, publish.Where(argument => argument != "-p:OnnxRuntimeGpu=true"));
        Assert.Equal(name.EndsWith(".cuda", StringComparison.Ordinal), publish.Contains("-p:OnnxRuntimeGpu=true"));
    }

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("Dockerfile.cuda")]
    public async Task An_image_fetches_its_model_by_a_command_that_is_there(string name)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(RepositoryFolder.Path, "infra", "docker", name));
        Assert.Contains("COPY local/ local/", lines);
        var command = Assert.Single(lines, line => line.Contains("models pull", StringComparison.Ordinal));
        command = command[(command.IndexOf("then ", StringComparison.Ordinal) + 5)..command.IndexOf("; fi", StringComparison.Ordinal)];

        // What the image builds first is built already here, and no model is fetched.
        var arguments = command
            .Replace("local --", "local --no-build --", StringComparison.Ordinal)
            .Replace("\"$MODEL\"", "--help", StringComparison.Ordinal);
        var (exit, output) = await RunAsync(arguments.Split(' '));
        Assert.True(exit == 0, output);
        Assert.Contains("Download a model into the hub's cache", output, StringComparison.Ordinal);
    }

    private static async Task<(int, string)> RunAsync(string[] command)
    {
        using var process = Process.Start(
            new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = RepositoryFolder.Path, RedirectStandardOutput = true }
        )!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    private IReadOnlyList<JsonElement> Functions => [.. Json("functions.metadata").EnumerateArray()];

    private JsonElement Json(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(app.Folder, file)));
        return document.RootElement.Clone();
    }
}
