using System.Buffers.Binary;

namespace Serverless.Imaging;

/// <summary>Detects a format by a file's first bytes; names and declared types are ignored.</summary>
internal static class ImageFormatDetector
{
    private const int MostBrands = 64;

    /// <summary>Every reader of PDF accepts other bytes before its header, up to here.</summary>
    private const int PdfHeaderWithin = 1024;

    public static ImageFormat? Detect(ReadOnlySpan<byte> bytes) =>
        bytes switch
        {
            [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => ImageFormat.Png,
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => ImageFormat.Webp,
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => ImageFormat.Gif,
            [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => CameraRaw.KindOf(bytes)
                ?? ImageFormat.Tiff,
            [(byte)'B', (byte)'M', _, _, _, _, _, _, _, _, _, _, _, _, 12 or 40 or 52 or 56 or 64 or 108 or 124, 0, 0, 0, ..] =>
                ImageFormat.Bmp,
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => DetectIsoMedia(bytes),
            _ when IconFile.Is(bytes) => ImageFormat.Ico,
            _ => CameraRaw.KindOf(bytes) ?? DetectDrawing(bytes),
        };

    private static ImageFormat? DetectDrawing(ReadOnlySpan<byte> bytes) =>
        bytes[..Math.Min(bytes.Length, PdfHeaderWithin)].IndexOf("%PDF-"u8) >= 0 ? ImageFormat.Pdf
        : SvgHead.IsSvg(bytes) ? ImageFormat.Svg
        : null;

    private static ImageFormat? DetectIsoMedia(ReadOnlySpan<byte> bytes)
    {
        var end = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes), (uint)Math.Min(bytes.Length, 16 + (4 * MostBrands)));
        ImageFormat? found = null;
        for (var at = 8; at + 4 <= end; at += at == 8 ? 8 : 4) // the four bytes after the major brand are its version
        {
            var brand = bytes.Slice(at, 4);
            if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8))
            {
                return ImageFormat.Avif;
            }

            if (brand.SequenceEqual("crx "u8))
            {
                return ImageFormat.Cr3;
            }

            if (
                brand.SequenceEqual("mif1"u8)
                || brand.SequenceEqual("msf1"u8)
                || brand[..3].SequenceEqual("hei"u8)
                || brand[..3].SequenceEqual("hev"u8)
            )
            {
                found = ImageFormat.Heic;
            }
        }

        return found;
    }
}
