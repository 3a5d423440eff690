using System.Runtime.InteropServices;

namespace Serverless.Imaging.Decoders;

internal enum DecoderOperation
{
    /// <summary>Takes the bytes that follow and reads their header.</summary>
    Open = 1,

    /// <summary>Decodes what is open; the argument is the shorter side that is kept.</summary>
    Decode,

    /// <summary>Makes a thumbnail of what is open; the argument is its longest side.</summary>
    Thumbnail,

    /// <summary>Counts the frames or pages that can be read of what is open.</summary>
    Count,

    /// <summary>Decodes the frame or page with the number of the argument, at full size.</summary>
    Frame,

    /// <summary>Decodes frames or pages at full size from the number of the argument on, as many as make a good load.</summary>
    Frames,
}

internal enum DecoderStatus
{
    Done = 1,

    /// <summary>The file is at fault; the payload is the sentence that says so.</summary>
    Refused,

    /// <summary>The decoder is at fault; the payload names the error.</summary>
    Failed,
}

/// <summary>Goes to a decoder, before <see cref="Length"/> bytes.</summary>
internal readonly record struct DecoderRequest(DecoderOperation Operation, ImageFormat Format, int Argument = 0, int Length = 0);

/// <summary>Comes back from a decoder, before <see cref="Length"/> bytes: pixels, a thumbnail or a text.</summary>
/// <param name="ProcessorTicks">Processor time of the whole process that the request took.</param>
/// <param name="Frames">How many there are, or how many are in the payload.</param>
internal readonly record struct DecoderReply(
    DecoderStatus Status,
    long ProcessorTicks,
    ImageHeader Header,
    PixelsShape Shape,
    int Frames,
    int Length
);

/// <summary><see cref="Pixels"/> without its pixels.</summary>
internal readonly record struct PixelsShape(int Width, int Height, Extent Extent, int SourceWidth, int SourceHeight, bool IsTransparent)
{
    public static PixelsShape Of(Pixels pixels) =>
        new(pixels.Width, pixels.Height, pixels.Extent, pixels.SourceWidth, pixels.SourceHeight, pixels.IsTransparent);

    public Pixels With(byte[] rgb) => new(rgb, Width, Height, Extent, SourceWidth, SourceHeight) { IsTransparent = IsTransparent };
}

/// <summary>
/// Both ends are the same program on the same machine, so a message is its struct as it lies in memory, behind a number that
/// stray output of native code does not hit by chance.
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
    /// <exception cref="InvalidDataException">What comes is no message.</exception>
    public static T? Receive<T>(Stream stream)
        where T : unmanaged
    {
        Marked<T> marked = default;
        var bytes = MemoryMarshal.AsBytes(new Span<Marked<T>>(ref marked));
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read < bytes.Length ? null
            : marked.Mark == Mark ? marked.Message
            : throw new InvalidDataException("The other end of a decoder's pipe sent something else.");
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
