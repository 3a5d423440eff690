using System.Runtime.InteropServices;

namespace Serverless.Imaging.Decoders;

internal enum DecoderOperation
{
    /// <summary>Receives a file and reads its header.</summary>
    Open = 1,

    /// <summary>Decodes the open file; the argument is the minimum shorter side.</summary>
    Decode,

    /// <summary>Makes a thumbnail of the open file; the argument is its longest side.</summary>
    Thumbnail,

    /// <summary>Counts the readable frames or pages of the open file.</summary>
    Count,

    /// <summary>Decodes the frame or page given by the argument, at full size.</summary>
    Frame,

    /// <summary>Reads what the open file says besides its pixels: <see cref="Vector.DocumentFacts"/>.</summary>
    Facts,

    /// <summary>Decodes a batch of frames or pages at full size, starting at the argument.</summary>
    Frames,
}

internal enum DecoderStatus
{
    Done = 1,

    /// <summary>The file is at fault; the payload is the reason.</summary>
    Refused,

    /// <summary>The decoder is at fault; the payload names the error.</summary>
    Failed,
}

/// <summary>A message to a decoder, followed by <see cref="Length"/> bytes.</summary>
internal readonly record struct DecoderRequest(DecoderOperation Operation, ImageFormat Format, int Argument = 0, int Length = 0);

/// <summary>An answer from a decoder, followed by <see cref="Length"/> bytes: pixels, a thumbnail or text.</summary>
/// <param name="ProcessorTicks">The request's processor time, in the whole process.</param>
/// <param name="Frames">The total number, or the number in the payload.</param>
internal readonly record struct DecoderReply(
    DecoderStatus Status,
    long ProcessorTicks,
    ImageHeader Header,
    PixelsShape Shape,
    int Frames,
    int Length
);

/// <summary>The shape of <see cref="Pixels"/>, without the data.</summary>
internal readonly record struct PixelsShape(int Width, int Height, Extent Extent, int SourceWidth, int SourceHeight, bool IsTransparent)
{
    public static PixelsShape Of(Pixels pixels) =>
        new(pixels.Width, pixels.Height, pixels.Extent, pixels.SourceWidth, pixels.SourceHeight, pixels.IsTransparent);

    public Pixels With(byte[] rgb) => new(rgb, Width, Height, Extent, SourceWidth, SourceHeight) { IsTransparent = IsTransparent };
}

/// <summary>
/// Both ends are the same program on the same machine, so a message is its struct's memory, after a magic number that stray output of
/// native code will not contain by chance.
/// </summary>
internal static class DecoderProtocol
{
    private const ulong Mark = 0x1D_EC0D_E2_9A7C_5F31;

    public static void Send<T>(Stream stream, T message, ReadOnlySpan<byte> payload)
        where T : unmanaged
    {
        var marked = new Marked<T>(Mark, message);
        stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<Marked<T>>(in marked)));
        stream.Write(payload);
        stream.Flush();
    }

    /// <summary>The next message; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The data is not a message.</exception>
    public static T? Receive<T>(Stream stream)
        where T : unmanaged
    {
        Marked<T> marked = default;
        var bytes = MemoryMarshal.AsBytes(new Span<Marked<T>>(ref marked));
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read < bytes.Length ? null
            : marked.Mark == Mark ? marked.Message
            : throw new InvalidDataException("A decoder's pipe contains something other than a message.");
    }

    public static byte[] Payload(Stream stream, int length)
    {
        var payload = GC.AllocateUninitializedArray<byte>(length);
        stream.ReadExactly(payload);
        return payload;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Marked<T>(ulong Mark, T Message)
        where T : unmanaged;
}
