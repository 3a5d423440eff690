using ImageMagick;
using ImageMagick.Configuration;

namespace Serverless.Imaging;

/// <summary>ImageMagick's permissions in this process: read BMP and HEIC. It reads its policy once, from a folder.</summary>
internal static class MagickPolicy
{
    private const string Rules = """
        <policymap>
          <policy domain="delegate" rights="none" pattern="*"/>
          <policy domain="filter" rights="none" pattern="*"/>
          <policy domain="path" rights="none" pattern="@*"/>
          <policy domain="path" rights="none" pattern="|*"/>
          <policy domain="coder" rights="none" pattern="*"/>
          <policy domain="coder" rights="read" pattern="{BMP,HEIC}"/>
        </policymap>
        """;

    /// <exception cref="InvalidOperationException">The policy is not in effect: something used ImageMagick earlier.</exception>
    public static void Apply()
    {
        var folder = Directory.CreateTempSubdirectory("magick-policy-").FullName;
        try
        {
            var files = ConfigurationFiles.Default;
            files.Policy.Data = files.Policy.Data[..files.Policy.Data.IndexOf("<policymap>", StringComparison.Ordinal)] + Rules;
            MagickNET.Initialize(files, folder);
            if (IsAllowed(MagickFormat.Pnm))
            {
                throw new InvalidOperationException("ImageMagick does not enforce its policy.");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Tests with one black pixel. The first use also makes ImageMagick read its policy.</summary>
    private static bool IsAllowed(MagickFormat format)
    {
        try
        {
            using var image = new MagickImage("P6 1 1 255 \0\0\0"u8, new MagickReadSettings { Format = format });
            return true;
        }
        catch (MagickPolicyErrorException)
        {
            return false;
        }
    }
}
