using System.Buffers.Binary;
using System.Globalization;

namespace Serverless.Imaging.Cost;

/// <summary>Texts and colour profiles of a PNG are compressed up to a thousandfold, and a decoder inflates them all.</summary>
internal static class PngCost
{
    public const int MostChunks = 250_000;
    public const int MostOtherChunks = 2_000;
    public const int MostInflated = 32 << 20;

    public static string? RejectionReason(ReadOnlySpan<byte> bytes)
    {
        var (chunks, others) = (0, 0);
        var left = MostInflated;
        for (long at = 8; at + 12 <= bytes.Length; chunks++)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)at..]);
            var type = bytes.Slice((int)at + 4, 4);
            if (type.SequenceEqual("IEND"u8) || length > bytes.Length - at - 12)
            {
                break;
            }

            others += type.SequenceEqual("IDAT"u8) || type.SequenceEqual("fdAT"u8) || type.SequenceEqual("fcTL"u8) ? 0 : 1;
            if (chunks >= MostChunks || others > MostOtherChunks)
            {
                return ImageCost.TooMany(
                    "PNG",
                    chunks >= MostChunks ? MostChunks : MostOtherChunks,
                    chunks >= MostChunks ? "chunks" : "chunks besides its pixels"
                );
            }

            left -= Inflated.Length(Compressed(type, bytes.Slice((int)at + 8, (int)length)), left);
            if (left <= 0)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"The texts and the colour profile of the PNG file inflate to more than {MostInflated >> 20} MiB: "
                        + $"save it without metadata."
                );
            }

            at += length + 12L;
        }

        return null;
    }

    /// <summary>The compressed part of a chunk, or empty.</summary>
    private static ReadOnlySpan<byte> Compressed(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var name = data.IndexOf((byte)0);
        if (name < 0 || name + 2 > data.Length)
        {
            return [];
        }

        if (type.SequenceEqual("zTXt"u8) || type.SequenceEqual("iCCP"u8))
        {
            return data[(name + 2)..];
        }

        if (!type.SequenceEqual("iTXt"u8) || data[name + 1] != 1 || name + 3 > data.Length)
        {
            return [];
        }

        // Keyword, flag and method; then language and translated keyword, each zero-terminated.
        var rest = data[(name + 3)..];
        for (var i = 0; i < 2; i++)
        {
            rest = rest[(rest.IndexOf((byte)0) + 1)..];
        }

        return rest;
    }
}
