using System.Diagnostics;
using Shared;

namespace Packaging.Tests;

/// <summary>The app built for CUDA, in a temporary folder.</summary>
public sealed class CudaBuild : IAsyncLifetime
{
    private readonly string temporary = Directory.CreateTempSubdirectory("packaging-cuda-").FullName;

    public string Folder => Path.Combine(temporary, "app");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Images are built on Linux.");

        // As the image is, but for what only makes the start faster.
        string[] arguments = [.. PublishedApp.Arguments, "-p:OnnxRuntimeGpu=true", "-p:PublishReadyToRun=false", "-p:RunAnalyzers=false"];
        var start = new ProcessStartInfo("dotnet", [.. arguments, "--artifacts-path", Path.Combine(temporary, "build"), "-o", Folder])
        {
            WorkingDirectory = RepositoryFolder.Path,
            RedirectStandardOutput = true,
        };
        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, output);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(temporary, recursive: true);
        return ValueTask.CompletedTask;
    }
}
