using System.Diagnostics;

namespace Bench.Quality;

/// <summary>A Debian package, downloaded and unpacked below <c>artifacts</c> where it is not there yet.</summary>
internal static class DebianPackage
{
    public static string Folder(string work, string package)
    {
        var folder = Path.Combine(work, "packages", package);
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(Path.Combine(work, "packages"));
            var downloads = Directory.CreateDirectory(Path.Combine(work, "downloads")).FullName;
            Run(downloads, "apt-get", "download", package);
            Run(downloads, "dpkg-deb", "-x", Directory.GetFiles(downloads, $"{package}_*.deb").Single(), folder);
        }

        return folder;
    }

    private static void Run(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"'{program} {string.Join(' ', arguments)}' failed: this benchmark needs Debian's package tools and its archive."
            );
        }
    }
}
