using System.Diagnostics;

namespace Bench.Quality;

/// <summary>Frames of sample videos, where Debian's python3-opencv is there to read them.</summary>
internal static class Frames
{
    private const string Python = "/usr/bin/python3";

    public static void Write(string work)
    {
        var folder = Path.Combine(work, "frames");
        if (Directory.Exists(folder))
        {
            return;
        }

        var opencv = PhotoSet.All.First(set => set.Package == "opencv-doc");
        var videos = Path.GetDirectoryName(opencv.Find(work)[0])!;
        using var process = File.Exists(Python) ? Process.Start(Python, [Path.Combine(AppContext.BaseDirectory, "frames.py"), videos, folder]) : null;
        process?.WaitForExit();
        if (process?.ExitCode != 0)
        {
            Console.WriteLine("No video frames: they take Debian's python3-opencv.");
        }
    }
}
