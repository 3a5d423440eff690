using System.Runtime.InteropServices;
using Serverless.Imaging.Managed;

namespace Serverless.Imaging.Decoders;

/// <summary>
/// What a decoder process asks of the operating system for itself. Where that has no such thing, the app's own watch has to do.
/// </summary>
internal static partial class DecoderSurroundings
{
    /// <summary>Megabytes that a decoder may take beyond what it has once it is ready; set by the app.</summary>
    public const string MemoryVariable = "DECODER_MEMORY_MB";

    /// <summary>A <see cref="DecoderLibrary"/>; set by the app.</summary>
    public const string LibraryVariable = "DECODER_LIBRARY";

    private static readonly List<PosixSignalRegistration> Ignored = [];

    public static IImageCodec Codec() =>
        Environment.GetEnvironmentVariable(LibraryVariable) == nameof(DecoderLibrary.ImageSharp) ? new ManagedCodec() : new NativeCodec();

    /// <summary>
    /// Ctrl-C and a service manager's stop reach the whole group. The app finishes what it has begun, and needs its decoders for it.
    /// </summary>
    public static void IgnoreStopSignals()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT])
        {
            Ignored.Add(PosixSignalRegistration.Create(signal, static context => context.Cancel = true));
        }
    }

    /// <summary>What native code prints goes to standard error from now on; streams that are open already keep their own handle.</summary>
    public static void KeepOthersFromStandardOutput()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = DuplicateTo(2, 1);
        }
    }

    /// <summary>Linux: no more private memory than this, and no dump of it when it crashes.</summary>
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

    /// <summary>Bytes of writable private memory, counted as the limit counts them.</summary>
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
