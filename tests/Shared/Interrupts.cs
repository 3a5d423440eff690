using System.Globalization;

namespace Shared;

/// <summary>
/// Whether this process was started with Ctrl-C switched off, as shells do for what runs in the background; children inherit it.
/// </summary>
internal static class Interrupts
{
    public const string Reason = "These tests were started with Ctrl-C switched off, and what they start inherits that.";

    public static bool AreIgnored()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var ignored = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[
            "SigIgn:".Length..
        ];
        return (ulong.Parse(ignored.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 2) != 0;
    }
}
