using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using Serverless.Images;
using Serverless.Imaging;

namespace Serverless.Api;

/// <summary>The name under which a browser saves an image: its own, made harmless.</summary>
internal static class DownloadName
{
    private const int Longest = 120;

    private static readonly Dictionary<string, ImageFormat> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["jpg"] = ImageFormat.Jpeg,
        ["jpe"] = ImageFormat.Jpeg,
        ["jfif"] = ImageFormat.Jpeg,
        ["tif"] = ImageFormat.Tiff,
        ["svgz"] = ImageFormat.Svg,
    };

    /// <summary>
    /// The last part of the path, without characters that file systems or terminals interpret, and always with an extension of its format:
    /// what is an image must not be saved as a program or a page.
    /// </summary>
    public static string Of(ImageRecord record)
    {
        var stem = Harmless(PartsOf(record)[^1]);
        var format = record.Format!.Value;
        var extension = Path.GetExtension(stem).TrimStart('.');
        var isOfFormat =
            extension.Equals(Names.Of(format), StringComparison.OrdinalIgnoreCase)
            || (Extensions.TryGetValue(extension, out var known) && known == format);
        return (stem.Length, isOfFormat) switch
        {
            (0, _) => $"{record.Id}.{Names.Of(format)}",
            (_, true) => stem,
            _ => $"{stem}.{Names.Of(format)}",
        };
    }

    /// <summary>The name with its folders, for an archive; it leads out of none.</summary>
    public static string PathOf(ImageRecord record) =>
        string.Join('/', PartsOf(record)[..^1].Select(Harmless).Where(part => part.Length > 0).Append(Of(record)));

    /// <summary>The header, with the name in UTF-8 and a plain form for old clients.</summary>
    /// <param name="isDocument">It may hold more than a picture, such as scripts: a browser saves it.</param>
    public static string Header(string name, bool isDocument = false)
    {
        var header = new ContentDispositionHeaderValue(isDocument ? "attachment" : "inline");
        header.SetHttpFileName(name);
        return header.ToString();
    }

    private static string[] PartsOf(ImageRecord record) => record.Path.Name.Split('/', '\\');

    private static string Harmless(string part)
    {
        var clean = new StringBuilder();
        foreach (var rune in part.EnumerateRunes().Where(IsHarmless).Take(Longest))
        {
            clean.Append(rune);
        }

        return clean.ToString().Trim(' ', '.');
    }

    private static bool IsHarmless(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            )
        && !"<>:\"|?*%;".Contains(rune.ToString(), StringComparison.Ordinal);
}
