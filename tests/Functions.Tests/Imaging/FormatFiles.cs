using System.Runtime.CompilerServices;
using Serverless.Imaging;

namespace Functions.Tests.Imaging;

/// <summary>The pictures of tests/Fixtures/formats: one small scene as other programs write it.</summary>
internal static class FormatFiles
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder(), name));

    public static CheckedImage Checked(string name) => Pictures.Accepted(Bytes(name));

    public static double DifferenceFromScene(CheckedImage image) => Pictures.Difference(Checked("scene.png"), image);

    /// <summary>The pixel at a place, as three numbers.</summary>
    public static int[] At(Pixels pixels, int x, int y) =>
        [.. pixels.Rgb.AsSpan(3 * ((y * pixels.Width) + x), 3).ToArray().Select(value => (int)value)];

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../Fixtures/formats");
}
