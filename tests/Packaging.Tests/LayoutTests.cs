using System.Text.Json;
using Shared;

namespace Packaging.Tests;

public sealed class LayoutTests(PublishedApp app)
{
    [Fact]
    public void It_is_laid_out_as_the_functions_host_expects()
    {
        var host = Json("host.json");
        var executable = host.GetProperty("customHandler").GetProperty("description").GetProperty("defaultExecutablePath").GetString()!;
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(app.Folder, executable)).HasFlag(UnixFileMode.UserExecute));

        var declared = Directory.EnumerateDirectories(Path.Combine(RepositoryFolder.Path, "functions", "bindings")).Select(Path.GetFileName);
        var published = Directory.EnumerateFiles(app.Folder, "function.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(app.Folder, Path.GetDirectoryName(file)!));
        Assert.Equal(declared.Order(StringComparer.Ordinal), published.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_needs_no_dotnet_and_no_library_of_the_machine()
    {
        Assert.All(
            ["libcoreclr.so", "libvips.so.42", "libonnxruntime.so", "models/default/onnx/vision_model.onnx", "models/default/onnx/text_model.onnx", "models/default/tokenizer.json"],
            file => Assert.True(File.Exists(Path.Combine(app.Folder, file)), $"{file} is not there."));
        Assert.Empty(Directory.EnumerateFiles(app.Folder, "local.settings*.json"));
    }

    [Fact]
    public void In_azure_event_grid_tells_of_uploads()
    {
        var published = Binding(Json("IngestImage/function.json"));
        Assert.Equal("EventGrid", published.GetProperty("source").GetString());

        // Elsewhere nobody would send such events: the source in the repository lists the container.
        using var source = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFolder.Path, "functions", "bindings", "IngestImage", "function.json")));
        Assert.False(Binding(source.RootElement).TryGetProperty("source", out _));
        Assert.Equal(Binding(source.RootElement).GetProperty("path").GetString(), published.GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("Dockerfile.cuda")]
    public void An_image_is_made_of_files_that_are_there_and_published_alike(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(RepositoryFolder.Path, "infra", "docker", name));
        var sources = lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]).ToList();
        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.True(Path.Exists(Path.Combine(RepositoryFolder.Path, source)), $"{name} copies {source}, which is not there."));
        Assert.All(["functions/", "host.json", "models/default/"], needed => Assert.Contains(needed, sources));

        var publish = Assert.Single(lines, line => line.StartsWith("RUN dotnet publish ", StringComparison.Ordinal)).Split(' ')[2..^2];
        Assert.Equal(PublishedApp.Arguments, publish.Where(argument => argument != "-p:OnnxRuntimeGpu=true"));
        Assert.Equal(name.EndsWith(".cuda", StringComparison.Ordinal), publish.Contains("-p:OnnxRuntimeGpu=true"));
    }

    [Fact]
    public void The_isolated_worker_declares_the_same_functions_and_the_same_limits()
    {
        var functions = Path.Combine(RepositoryFolder.Path, "functions");
        var declared = File.ReadAllText(Path.Combine(functions, "Hosting", "Isolated", "IsolatedFunctions.cs"));
        var names = declared.Split("[Function(\"")[1..].Select(part => part.Split('"')[0]);
        Assert.Equal(Directory.EnumerateDirectories(Path.Combine(functions, "bindings")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));

        using var isolated = JsonDocument.Parse(File.ReadAllText(Path.Combine(functions, "Hosting", "Isolated", "host.json")));
        Assert.All(["functionTimeout", "extensions"], part => Assert.True(JsonElement.DeepEquals(Json("host.json").GetProperty(part), isolated.RootElement.GetProperty(part)), $"{part} differs."));
    }

    private static JsonElement Binding(JsonElement function) => function.GetProperty("bindings").EnumerateArray().Single();

    private JsonElement Json(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(app.Folder, file)));
        return document.RootElement.Clone();
    }
}
