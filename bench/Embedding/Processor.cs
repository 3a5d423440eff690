using System.Runtime.Intrinsics.X86;

namespace Bench.Embedding;

internal static class Processor
{
    /// <summary>Whether the processor multiplies 8-bit numbers by itself, which decides how much int8 gains.</summary>
    public static bool HasVnni =>
        AvxVnni.IsSupported
        || (File.Exists("/proc/cpuinfo") && File.ReadAllText("/proc/cpuinfo").Contains("avx512_vnni", StringComparison.Ordinal));
}
