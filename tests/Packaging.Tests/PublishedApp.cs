using System.Diagnostics;
using Shared;

[assembly: AssemblyFixture(typeof(Packaging.Tests.PublishedApp))]

namespace Packaging.Tests;

/// <summary>The app as azd publishes it, in a temporary folder.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
    private readonly string temporary = Directory.CreateTempSubdirectory("packaging-").FullName;

    public string Folder => Path.Combine(temporary, "app");

    /// <summary>
    /// The arguments of <c>dotnet publish</c> that azd gives for a service of <c>host: function</c>, and that the images are built with.
    /// </summary>
    public static IReadOnlyList<string> Arguments { get; } = ["publish", "functions", "-c", "Release"];

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The app is published for Linux.");
        var start = new ProcessStartInfo("dotnet", [.. Arguments, "--artifacts-path", Path.Combine(temporary, "build"), "-o", Folder])
        {
            WorkingDirectory = RepositoryFolder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var publish = Process.Start(start)!;
        var errors = publish.StandardError.ReadToEndAsync();
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, output + await errors);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(temporary, recursive: true);
        return ValueTask.CompletedTask;
    }
}
