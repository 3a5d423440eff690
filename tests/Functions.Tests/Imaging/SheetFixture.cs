using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Serverless.Imaging;

namespace Functions.Tests.Imaging;

/// <summary>The drawings of tests/Fixtures/sheets.</summary>
internal static class SheetFixture
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder(), name));

    public static CheckedImage Checked(string name) => Pictures.Accepted(Bytes(name));

    public static string Refused(string text, ImageLimits? limits = null) =>
        Pictures.Refused(
            System.Text.Encoding.Latin1.GetBytes(text),
            limits ?? new ImageLimits { MaxDecodeTime = TimeSpan.FromSeconds(10) }
        );

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../Fixtures/sheets");
}
