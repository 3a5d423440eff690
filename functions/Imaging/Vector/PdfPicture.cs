using System.Globalization;
using NetVips;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokenization.Scanner;
using UglyToad.PdfPig.Tokens;

namespace Serverless.Imaging.Vector;

/// <summary>Pictures of a PDF as those of an SVG.</summary>
internal static class PdfPicture
{
    /// <summary>The picture as a data URL; null if it cannot be read.</summary>
    /// <param name="stencil">The colour in which a stencil is painted; null for other pictures.</param>
    /// <param name="filters">Undoes what is around a JPEG.</param>
    public static string? Reference(IPdfImage picture, string? stencil, ILookupFilterProvider filters, IPdfTokenScanner scanner)
    {
        try
        {
            return LastFilter(picture) is "DCTDecode" or "DCT" ? Jpeg(picture, Unwrapped(picture, filters, scanner))
                : !picture.TryGetPng(out var png) ? null
                : stencil is not null ? Stencil(png, stencil)
                : Url("png", png);
        }
        catch (Exception damage)
            when (damage
                    is VipsException
                        or ArgumentException
                        or InvalidOperationException
                        or NotSupportedException
                        or IndexOutOfRangeException
                        or FormatException
                        or IOException
                        or ArithmeticException
            )
        {
            return null;
        }
    }

    /// <summary>Names a picture that cannot be read.</summary>
    public static string Kind(IPdfImage picture) =>
        LastFilter(picture) switch
        {
            "JPXDecode" => "JPEG 2000 pictures",
            "JBIG2Decode" => "JBIG2 pictures",
            _ => "a picture that cannot be read",
        };

    private static string? LastFilter(IPdfImage picture) =>
        picture.ImageDictionary.TryGet(NameToken.Filter, out var filter) || picture.ImageDictionary.TryGet(NameToken.F, out filter)
            ? filter switch
            {
                NameToken name => name.Data,
                ArrayToken { Data: [.., NameToken name] } => name.Data,
                _ => null,
            }
            : null;

    /// <summary>A JPEG may be in other filters, such as base 85.</summary>
    private static Memory<byte> Unwrapped(IPdfImage picture, ILookupFilterProvider filters, IPdfTokenScanner scanner)
    {
        var bytes = picture.RawMemory;
        foreach (var (index, filter) in filters.GetFilters(picture.ImageDictionary, scanner).SkipLast(1).Index())
        {
            bytes = filter.Decode(bytes, picture.ImageDictionary, filters, index);
        }

        return bytes;
    }

    private static string Jpeg(IPdfImage picture, ReadOnlyMemory<byte> bytes)
    {
        var isInverted = picture.Decode is [1, 0, ..];
        using var decoded = Image.NewFromBuffer(bytes.Span, access: Enums.Access.Random);
        if (decoded.Interpretation != Enums.Interpretation.Cmyk && !isInverted && picture.MaskImage is null)
        {
            return Url("jpeg", bytes.Span);
        }

        using var rgb = RgbConversion.ToRgb(decoded, CancellationToken.None);
        using var upright = isInverted && decoded.Interpretation != Enums.Interpretation.Cmyk ? rgb.Invert() : rgb.Copy();
        if (picture.MaskImage is null || !picture.MaskImage.TryGetPng(out var mask))
        {
            return Url("png", upright.PngsaveBuffer(compression: 1));
        }

        using var shown = Image.NewFromBuffer(mask, access: Enums.Access.Random);
        using var grey = shown.ExtractBand(0);
        using var alpha = grey.Resize((double)upright.Width / grey.Width, vscale: (double)upright.Height / grey.Height);
        using var opaque = picture.MaskImage.IsImageMask ? alpha.Invert() : alpha.Copy();
        using var both = upright.Bandjoin(opaque);
        return Url("png", both.PngsaveBuffer(compression: 1));
    }

    /// <summary>Black is painted.</summary>
    private static string Stencil(byte[] png, string colour)
    {
        using var image = Image.NewFromBuffer(png, access: Enums.Access.Random);
        using var grey = image.ExtractBand(0);
        using var alpha = grey.Invert();
        var rgb = Convert.FromHexString(colour.Length == 7 ? colour.AsSpan(1) : "000000");
        using var flat = Image.Black(grey.Width, grey.Height, bands: 3);
        using var painted = flat.Linear([1, 1, 1], [rgb[0], rgb[1], rgb[2]]);
        using var eight = painted.Cast(Enums.BandFormat.Uchar);
        using var both = eight.Bandjoin(alpha);
        using var coloured = both.Copy(interpretation: Enums.Interpretation.Srgb);
        return Url("png", coloured.PngsaveBuffer(compression: 1));
    }

    private static string Url(string type, ReadOnlySpan<byte> bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"data:image/{type};base64,{Convert.ToBase64String(bytes)}");
}
