using System.Diagnostics;
using Functions.Tests.Pipeline;
using Shared;

namespace Packaging.Tests;

/// <summary>The app, published into a temporary folder.</summary>
public abstract class PublishedFolder(params string[] besides) : IAsyncLifetime
{
    /// <summary>They have nothing to say that the build of the solution did not, and change nothing in what is published.</summary>
    private static readonly string[] WithoutAnalyzers = ["-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false"];

    private readonly string temporary = Directory.CreateTempSubdirectory("packaging-").FullName;

    public string Folder => Path.Combine(temporary, "app");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The app is published for Linux.");
        string[] folders = ["--artifacts-path", Path.Combine(temporary, "build"), "-o", Folder];
        string[] arguments = [.. PublishedApp.Arguments, .. WithoutAnalyzers, .. besides, .. folders];
        var start = new ProcessStartInfo("dotnet", arguments)
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
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Starts the published app on these services.</summary>
    internal Task<AppProcess> StartAsync(
        AzuriteProcess azurite,
        SearchEmulatorProcess search,
        params (string Name, string Value)[] settings
    ) =>
        AppProcess.StartAsync(
            new Dictionary<string, string>(settings.ToDictionary(setting => setting.Name, setting => setting.Value))
            {
                ["AzureWebJobsStorage"] = azurite.ConnectionString,
                ["Search__Endpoint"] = search.Address,
                ["Search__ApiKey"] = "local-search-admin-key",
                ["Search__CertificateFile"] = search.CertificateFile,
            },
            Folder
        );
}
