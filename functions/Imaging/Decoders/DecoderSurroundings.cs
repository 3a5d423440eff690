using System.Runtime.InteropServices;
using Serverless.Imaging.Managed;

namespace Serverless.Imaging.Decoders;

/// <summary>
/// The restrictions that a decoder process sets on itself. On operating systems without them, only the app's watch applies.
/// </summary>
internal static partial class DecoderSurroundings
{
    /// <summary>Megabytes that a decoder may take in addition to what it has when ready; set by the app.</summary>
    public const string MemoryVariable = "DECODER_MEMORY_MB";

    /// <summary>A <see cref="DecoderLibrary"/>; set by the app.</summary>
    public const string LibraryVariable = "DECODER_LIBRARY";

    private static readonly List<PosixSignalRegistration> Ignored = [];

    public static IImageCodec Codec() =>
        Environment.GetEnvironmentVariable(LibraryVariable) == nameof(DecoderLibrary.ImageSharp) ? new ManagedCodec() : new NativeCodec();

    /// <summary>
    /// Ctrl-C and a service manager's stop signal reach the whole group. The app finishes its work first, and needs its decoders for that.
    /// </summary>
    public static void IgnoreStopSignals()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT])
        {
            Ignored.Add(PosixSignalRegistration.Create(signal, static context => context.Cancel = true));
        }
    }

    /// <summary>Redirects native code's output to standard error from now on; open streams keep their own handle.</summary>
    public static void KeepOthersFromStandardOutput()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = DuplicateTo(2, 1);
        }
    }

    /// <summary>Linux: limits private memory, and disables core dumps.</summary>
    public static void LimitMemory()
    {
        if (OperatingSystem.IsLinux() && ulong.TryParse(Environment.GetEnvironmentVariable(MemoryVariable), out var megabytes))
        {
            const int core = 4;
            const int data = 2;
            var none = new Limit(0, 0);
            _ = SetLimit(core, in none);
            var most = (megabytes << 20) + PrivateMemory();
            var memory = new Limit((nuint)most, (nuint)most);
            _ = SetLimit(data, in memory);
        }
    }

    /// <summary>Writable private memory in bytes, counted as the limit does.</summary>
    private static ulong PrivateMemory()
    {
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("VmData:", StringComparison.Ordinal));
        return line is null ? 1UL << 40 : ulong.Parse(line.AsSpan(7, line.Length - 9), null) << 10;
    }

    [LibraryImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DuplicateTo(int from, int to);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(nuint Soft, nuint Hard);
}
