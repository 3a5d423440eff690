using System.Globalization;

namespace Shared;

/// <summary>
/// Whether this process was started with a signal switched off, as shells do with Ctrl-C for what runs in the background, and nohup with
/// the end of the terminal; children inherit it.
/// </summary>
internal static class Interrupts
{
    public const string Reason = "These tests were started with this signal switched off, and what they start inherits that.";

    /// <param name="signal">INT or HUP.</param>
    public static bool AreIgnored(string signal = "INT")
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var ignored = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[
            "SigIgn:".Length..
        ];
        return (ulong.Parse(ignored.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (signal == "HUP" ? 1UL : 2UL)) != 0;
    }
}
