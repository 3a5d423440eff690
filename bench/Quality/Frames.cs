using System.Diagnostics;
using NetVips;

namespace Bench.Quality;

/// <summary>Frames of sample videos, where Debian's python3-opencv is there to read them.</summary>
internal static class Frames
{
    /// <summary>The kind of two frames that show the same: they differ by less than JPEG at quality 50 changes one of them.</summary>
    public const string Held = "video frames that differ by less than JPEG at quality 50";

    private const int CodingQuality = 50;

    private const string Python = "/usr/bin/python3";

    /// <summary>Whether two frames differ by no more than coding changes them.</summary>
    public static bool AreHeld(byte[] a, byte[] b)
    {
        using var one = Image.NewFromBuffer(a);
        using var other = Image.NewFromBuffer(b);
        using var coded = Image.NewFromBuffer(one.JpegsaveBuffer(q: CodingQuality));
        return Difference(one, other) <= Difference(one, coded);
    }

    /// <summary>Mean of the squared differences of luma.</summary>
    private static double Difference(Image a, Image b)
    {
        using var difference = Luma(a) - Luma(b);
        using var squared = difference * difference;
        return squared.Avg();
    }

    private static Image Luma(Image image) => image.Colourspace(Enums.Interpretation.Bw).Cast(Enums.BandFormat.Float);

    public static void Write(string work)
    {
        var folder = Path.Combine(work, "frames");
        if (Directory.Exists(folder))
        {
            return;
        }

        var opencv = PhotoSet.All.First(set => set.Package == "opencv-doc");
        var videos = Path.GetDirectoryName(opencv.Find(work)[0])!;
        using var process = File.Exists(Python)
            ? Process.Start(Python, [Path.Combine(AppContext.BaseDirectory, "frames.py"), videos, folder])
            : null;
        process?.WaitForExit();
        if (process?.ExitCode != 0)
        {
            Console.WriteLine("No video frames: they take Debian's python3-opencv.");
        }
    }
}
