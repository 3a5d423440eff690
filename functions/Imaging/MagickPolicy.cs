using ImageMagick;
using ImageMagick.Configuration;

namespace Serverless.Imaging;

/// <summary>What ImageMagick may do in this process: read BMP and HEIC. It reads its policy from a folder, once.</summary>
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

    /// <exception cref="InvalidOperationException">The policy does not hold: something else used ImageMagick before.</exception>
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
                throw new InvalidOperationException("ImageMagick does not keep to its policy.");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Asks with one black pixel. The first question is also what makes ImageMagick read its policy.</summary>
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
