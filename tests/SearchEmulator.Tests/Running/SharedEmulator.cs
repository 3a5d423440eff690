using Xunit;

[assembly: AssemblyFixture(typeof(SearchEmulator.Tests.Running.SharedEmulator))]

namespace SearchEmulator.Tests.Running;

/// <summary>One emulator for all tests that do not stop it; each of them makes indexes with names of its own.</summary>
public sealed class SharedEmulator : IAsyncLifetime
{
    private readonly string _folder = EmulatorProcess.NewFolder();

    public EmulatorProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Process = await EmulatorProcess.StartAsync(_folder, "--http-port", "0");

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
