using System.Buffers.Binary;

namespace Serverless.Imaging.Cost;

internal static class WebPCost
{
    public const int MostFrames = 20_000;
    public const int MostOtherChunks = 2_000;

    public static string? Refusal(ReadOnlySpan<byte> bytes)
    {
        var (frames, others) = (0, 0);
        for (long at = 12; at + 8 <= bytes.Length;)
        {
            _ = bytes.Slice((int)at, 4).SequenceEqual("ANMF"u8) ? frames++ : others++;
            if (frames > MostFrames)
            {
                return ImageCost.TooMany("WebP", MostFrames, "frames");
            }

            if (others > MostOtherChunks)
            {
                return ImageCost.TooMany("WebP", MostOtherChunks, "chunks beside its pixels");
            }

            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[((int)at + 4)..]);
            at += 8L + length + (length & 1);
        }

        return null;
    }
}
