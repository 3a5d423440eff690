using System.Globalization;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>An app of a cluster that is killed (SIGKILL) before the request of that number which it sends once it is armed.</summary>
internal sealed class Victim(AppProcess app, string armed) : IAsyncDisposable
{
    private static readonly string HookPath = Path.Combine(
        RepositoryFolder.Path,
        "tests",
        "CrashHook",
        "bin",
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            ? "Release"
            : "Debug",
        "net10.0",
        "CrashHook.dll"
    );

    public AppProcess App => app;

    public static async Task<Victim> StartAsync(Cluster cluster, int before)
    {
        var armed = Path.Combine(Path.GetTempPath(), $"crash-{Guid.NewGuid():N}");
        var app = await AppProcess.StartAsync(
            new Dictionary<string, string>(cluster.Settings)
            {
                ["DOTNET_STARTUP_HOOKS"] = HookPath,
                ["CRASH_ARMED"] = armed,
                ["CRASH_BEFORE"] = before.ToString(CultureInfo.InvariantCulture),
            }
        );
        return new Victim(app, armed);
    }

    /// <summary>From now on requests are counted.</summary>
    public Task ArmAsync() => File.WriteAllTextAsync(armed, "");

    public void Disarm() => File.Delete(armed);

    /// <summary>Once it is dead: the request before which it was killed.</summary>
    public async Task<string> LastStepAsync()
    {
        await app.WaitForExitAsync();
        return app.Output.Split('\n').Single(line => line.StartsWith("killed before ", StringComparison.Ordinal)).Trim();
    }

    public async ValueTask DisposeAsync()
    {
        Disarm();
        await app.DisposeAsync();
    }
}
