using System.Buffers.Binary;

namespace Serverless.Imaging.Cost;

internal static class WebPCost
{
    public const int MostFrames = 20_000;
    public const int MostOtherChunks = 2_000;

    /// <summary>The number of frames in the file; counting stops after <see cref="MostFrames"/>.</summary>
    public static int Frames(ReadOnlySpan<byte> bytes) => Chunks(bytes).Frames;

    public static string? RejectionReason(ReadOnlySpan<byte> bytes)
    {
        var (frames, others) = Chunks(bytes);
        return frames > MostFrames ? ImageCost.TooMany("WebP", MostFrames, "frames")
            : others > MostOtherChunks ? ImageCost.TooMany("WebP", MostOtherChunks, "chunks besides its pixels")
            : null;
    }

    private static (int Frames, int Others) Chunks(ReadOnlySpan<byte> bytes)
    {
        var (frames, others) = (0, 0);
        for (long at = 12; at + 8 <= bytes.Length && frames <= MostFrames && others <= MostOtherChunks; )
        {
            _ = bytes.Slice((int)at, 4).SequenceEqual("ANMF"u8) ? frames++ : others++;
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[((int)at + 4)..]);
            at += 8L + length + (length & 1);
        }

        return (frames, others);
    }
}
