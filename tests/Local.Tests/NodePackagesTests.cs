using Xunit;

namespace Local.Tests;

/// <summary>With the real npm and one small package that needs no other.</summary>
public sealed class NodePackagesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("node-packages-").FullName;

    public NodePackagesTests()
    {
        File.WriteAllText(
            Path.Combine(folder, "package.json"),
            """{ "name": "one", "private": true, "dependencies": { "ms": "2.1.3" } }"""
        );
        File.WriteAllText(
            Path.Combine(folder, "package-lock.json"),
            """
            {
              "name": "one",
              "lockfileVersion": 3,
              "requires": true,
              "packages": {
                "": { "name": "one", "dependencies": { "ms": "2.1.3" } },
                "node_modules/ms": {
                  "version": "2.1.3",
                  "integrity": "sha512-6FlzubTLZG3J2a/NVCAleEhjzq5oxgHyaCU9yYXvcLsvoVaHJq/s5xXI6/XXP6tz7R9xAOtHnSO/tXtF3WRTlA=="
                }
              }
            }
            """
        );
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Two_at_once_install_once()
    {
        await Task.WhenAll(NodePackages.InstallAsync(folder), NodePackages.InstallAsync(folder));

        Assert.True(NodePackages.AreInstalled(folder));
        Assert.True(File.Exists(Path.Combine(folder, "node_modules", "ms", "index.js")));
        Assert.False(Directory.Exists(Path.Combine(folder, "obj", "staging")));
    }

    [Fact]
    public async Task Leftovers_of_an_interrupted_installation_are_replaced()
    {
        var half = Path.Combine(folder, "node_modules", "ms");
        Directory.CreateDirectory(half);
        await File.WriteAllTextAsync(Path.Combine(half, "half"), "");
        Directory.CreateDirectory(Path.Combine(folder, "obj", "staging", "earlier", "node_modules"));

        await NodePackages.InstallAsync(folder);

        Assert.False(File.Exists(Path.Combine(half, "half")));
        Assert.True(File.Exists(Path.Combine(half, "index.js")));
        Assert.False(Directory.Exists(Path.Combine(folder, "obj", "staging")));
    }

    [Fact]
    public async Task A_changed_lock_file_installs_again()
    {
        await NodePackages.InstallAsync(folder);

        await File.AppendAllTextAsync(Path.Combine(folder, "package-lock.json"), "\n");

        Assert.False(NodePackages.AreInstalled(folder));
    }

    [Fact]
    public async Task An_npm_error_is_quoted_and_leaves_nothing_behind()
    {
        var lockFile = Path.Combine(folder, "package-lock.json");
        await File.WriteAllTextAsync(
            lockFile,
            (await File.ReadAllTextAsync(lockFile)).Replace("sha512-6F", "sha512-7F", StringComparison.Ordinal)
        );

        var exception = await Assert.ThrowsAsync<NodePackagesException>(() => NodePackages.InstallAsync(folder));

        Assert.Contains("EINTEGRITY", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "node_modules")));
    }

    [Fact]
    public async Task A_missing_npm_says_what_to_install()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The folder with node alone is made of a symbolic link.");
        var path = Environment.GetEnvironmentVariable("PATH")!;
        var node = path.Split(Path.PathSeparator).Select(item => Path.Combine(item, "node")).First(File.Exists);
        var bin = Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(bin, "node"), node);
        try
        {
            Environment.SetEnvironmentVariable("PATH", bin);

            var exception = await Assert.ThrowsAsync<NodePackagesException>(() => NodePackages.InstallAsync(folder));

            Assert.Equal("npm was not found: install Node.js 20 or later, which brings npm (https://nodejs.org).", exception.Message);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    [Fact]
    public async Task A_cancelled_installation_leaves_nothing_that_looks_complete()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NodePackages.InstallAsync(folder, null, cancellation.Token));

        Assert.False(NodePackages.AreInstalled(folder));
        await NodePackages.InstallAsync(folder);
        Assert.True(NodePackages.AreInstalled(folder));
    }
}
