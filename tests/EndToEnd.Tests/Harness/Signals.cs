using System.Diagnostics;
using System.Globalization;

namespace EndToEnd.Tests;

internal static class Signals
{
    public static Task TerminateAsync(int process) => SendAsync("-TERM", process.ToString(CultureInfo.InvariantCulture));

    public static Task SendToGroupAsync(int group, string signal) =>
        SendAsync($"-{signal}", string.Create(CultureInfo.InvariantCulture, $"-{group}"));

    private static async Task SendAsync(string signal, string target)
    {
        using var kill = Process.Start("kill", [signal, "--", target]);
        await kill.WaitForExitAsync();
    }
}
