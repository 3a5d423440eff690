using System.Diagnostics;
using System.Globalization;

namespace Serverless.Imaging.Decoders;

/// <summary>The command to start this program as a decoder: this assembly, with the current runtime.</summary>
internal static class DecoderExecutable
{
    /// <summary>The argument that starts the app as a decoder.</summary>
    public const string Verb = "decode-pictures";

    /// <summary>
    /// A decoder handles untrusted bytes, so it inherits none of the app's settings or keys, only what a program needs to run.
    /// </summary>
    private static readonly string[] Inherited =
    [
        "PATH",
        "LD_LIBRARY_PATH",
        "DYLD_LIBRARY_PATH",
        "TMPDIR",
        "TEMP",
        "TMP",
        "SystemRoot",
        "windir",
        "SystemDrive",
        "LANG",
        "TZ",
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT",
    ];

    public static ProcessStartInfo StartInfo(long memoryMegabytes, DecoderLibrary library)
    {
        var (file, arguments, root) = Command();
        var start = new ProcessStartInfo(file, [.. arguments, Verb])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var inherited = Inherited
            .Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name)))
            .Where(item => item.Value is not null)
            .ToList();
        start.Environment.Clear();
        foreach (var (name, value) in inherited)
        {
            start.Environment[name] = value;
        }

        if (root is not null)
        {
            start.Environment["DOTNET_ROOT"] = root;
        }

        // For one picture at a time in a short-lived process: quick to start, small, and nothing left in the temp folder.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment[DecoderSurroundings.MemoryVariable] = memoryMegabytes.ToString(CultureInfo.InvariantCulture);
        start.Environment[DecoderSurroundings.LibraryVariable] = library.ToString();
        return start;
    }

    private static (string File, string[] Arguments, string? Root) Command()
    {
        var assembly = AssemblyFile();
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        if (assembly.Length == 0 || string.IsNullOrEmpty(runtime))
        {
            return (Environment.ProcessPath!, [], null); // published as a single file
        }

        // root/shared/Microsoft.NETCore.App/version
        var root = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        var dotnet = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(dotnet)
            ? (dotnet, [assembly], root)
            : (Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? "exe" : null), [], null); // self-contained
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "SingleFile",
        "IL3000",
        Justification = "Empty in a single file, which is exactly the question."
    )]
    private static string AssemblyFile() => typeof(DecoderExecutable).Assembly.Location;
}
