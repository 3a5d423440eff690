namespace Tests;

/// <summary>The browser of the system, which the tests of the page drive.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public const string HowToInstall =
        "Install Chromium (on Debian and Ubuntu: apt-get install chromium), or name a browser in the environment variable CHROMIUM.";

    /// <summary>Its path, or null where there is none.</summary>
    public static string? Find() =>
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
            ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
                .FirstOrDefault(File.Exists);
}
