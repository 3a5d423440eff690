using System.Buffers.Binary;
using System.Globalization;

namespace Serverless.Imaging.Cost;

/// <summary>
/// Tag values of a TIFF can be anywhere in the file and may overlap: the pages of a small file can refer to a hundred times its size, and a
/// decoder reads all of it.
/// </summary>
internal static class TiffCost
{
    public const int MostTags = 200_000;
    public const int MostStrips = 1_000_000;

    /// <summary>Values may be shared: some files do so for good reason.</summary>
    private const int MostTimesTheFile = 4;
    private const long AlwaysAllowed = 4 << 20;

    private static ReadOnlySpan<byte> Sizes => [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

    public static string? RejectionReason(ReadOnlySpan<byte> bytes)
    {
        var file = new TiffNumbers(bytes);
        var (tags, values) = (0L, 0L);
        long? at = file.Offset(file.IsBig ? 8 : 4);
        for (var page = 0; at is > 0 && file.Entries(at.Value) is { } entries; page++)
        {
            if (page >= TiffPages.Most)
            {
                return FormattableString.Invariant(
                    $"The TIFF file has more than {TiffPages.Most} pages, or they form a loop: upload the relevant page."
                );
            }

            tags += entries;
            if (tags > MostTags)
            {
                return ImageCost.TooMany("TIFF", MostTags, "tags");
            }

            var first = at.Value + (file.IsBig ? 8 : 2);
            for (var entry = first; entry < first + (entries * file.EntrySize) && file.Entry(entry) is { } tag; entry += file.EntrySize)
            {
                if (tag.Id is 273 or 324 && tag.Count > MostStrips)
                {
                    return ImageCost.TooMany("TIFF", MostStrips, "strips or tiles");
                }

                var size = tag.Count * (tag.Type < Sizes.Length ? Sizes[tag.Type] : 0);
                values += size <= (file.IsBig ? 8 : 4) || size > bytes.Length ? 0 : size; // no more than the file has
            }

            if (values > AlwaysAllowed + ((long)bytes.Length * MostTimesTheFile))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"The pages of the TIFF file refer to more than {MostTimesTheFile} times its size: "
                        + $"save it again in an image editor."
                );
            }

            at = file.Offset(first + (entries * file.EntrySize));
        }

        return null;
    }
}
