using System.ComponentModel;
using System.Diagnostics;

namespace Local;

/// <summary>The browser of the person at the screen.</summary>
internal static class Browser
{
    /// <summary>Opens a page, where there is a screen to open it on and somebody who looks.</summary>
    public static void Show(Uri page)
    {
        var hasScreen = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() || HasAny("DISPLAY", "WAYLAND_DISPLAY");
        if (!hasScreen || Console.IsOutputRedirected)
        {
            return;
        }

        try
        {
            using var opener = Process.Start(new ProcessStartInfo(page.AbsoluteUri) { UseShellExecute = true });
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or FileNotFoundException)
        {
            // Its address is printed.
        }
    }

    private static bool HasAny(params IEnumerable<string> variables) =>
        variables.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));
}
