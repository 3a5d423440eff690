using System.Reflection;
using System.Runtime.InteropServices;

namespace Local;

/// <summary>The paths of the programs to start, recorded in this assembly by the build.</summary>
internal static class BuiltPrograms
{
    public static string RepositoryRoot { get; } = Recorded("RepositoryRoot");

    public static string SearchEmulator { get; } = Recorded("SearchEmulator");

    public static string FunctionsHost { get; } = Recorded("FunctionsHost");

    /// <summary>The folder with host.json and the function folders.</summary>
    public static string FunctionApp { get; } = Path.GetDirectoryName(Recorded("Functions"))!;

    public static string Azurite { get; } = Path.Combine(RepositoryRoot, "local", "azurite");

    /// <summary>The dotnet command that runs this program; it may not be on the path.</summary>
    public static string DotNet { get; } =
        Path.GetFullPath(
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet")
        );

    private static string Recorded(string key) =>
        typeof(BuiltPrograms).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(item => item.Key == key).Value!;
}
