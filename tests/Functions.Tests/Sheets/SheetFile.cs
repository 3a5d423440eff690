using NetVips;

namespace Functions.Tests.Sheets;

/// <summary>Makes documents of several pages.</summary>
internal static class SheetFile
{
    /// <summary>A TIFF with these pictures, all of one size, as its pages.</summary>
    public static byte[] Tiff(params byte[][] pages)
    {
        var images = pages.Select(page => Image.NewFromBuffer(page).Colourspace(Enums.Interpretation.Srgb)).ToArray();
        using var joined = Image.Arrayjoin(images, across: 1);
        using var paged = joined.Mutate(image => image.Set(GValue.GIntType, "page-height", images[0].Height));
        return paged.TiffsaveBuffer(compression: Enums.ForeignTiffCompression.Lzw);
    }
}
