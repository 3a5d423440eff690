using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Serverless.Imaging;
using Xunit;

namespace Functions.Tests.Imaging;

/// <summary>The pictures of tests/Fixtures/images, and what tests ask of them again and again.</summary>
internal static class Pictures
{
    public const int Width = 192;
    public const int Height = 128;

    public static ImageReader Reader { get; } = new(Options.Create(new ImageLimits()));

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder(), name));

    public static CheckedImage Checked(string name) => Accepted(Bytes(name));

    public static CheckedImage Accepted(byte[] bytes)
    {
        var check = Reader.Check(bytes);
        Assert.Null(check.Reason);
        return check.Image!;
    }

    public static string Refused(byte[] bytes, ImageLimits? limits = null)
    {
        var check = (limits is null ? Reader : new ImageReader(Options.Create(limits))).Check(bytes);
        Assert.Null(check.Image);
        return check.Reason!;
    }

    /// <summary>Mean difference of the fingerprints' luma, 0..255.</summary>
    public static double Difference(CheckedImage a, CheckedImage b) =>
        Reader.Fingerprint(a).Luma.Zip(Reader.Fingerprint(b).Luma, (x, y) => Math.Abs(x - y)).Average();

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../Fixtures/images");
}
