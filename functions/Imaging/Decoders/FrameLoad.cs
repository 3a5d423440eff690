using System.Runtime.InteropServices;

namespace Serverless.Imaging.Decoders;

/// <summary>Several frames in one message: each as its shape, then its pixels.</summary>
internal static class FrameLoad
{
    /// <summary>Each batch decodes from the first frame again, so batches should be few but small in memory.</summary>
    private const int GoodLoad = 96 << 20;

    public static byte[] Pack(IEnumerable<Pixels> frames, out int count)
    {
        using var load = new MemoryStream();
        count = 0;
        foreach (var frame in frames)
        {
            var shape = PixelsShape.Of(frame);
            load.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<PixelsShape>(in shape)));
            load.Write(frame.Rgb);
            count++;
            if (load.Length + frame.Rgb.Length > GoodLoad)
            {
                break;
            }
        }

        return load.ToArray();
    }

    public static IReadOnlyList<Pixels> Unpack(ReadOnlySpan<byte> load, int count)
    {
        var frames = new List<Pixels>(count);
        for (var i = 0; i < count; i++)
        {
            PixelsShape shape = default;
            var head = MemoryMarshal.AsBytes(new Span<PixelsShape>(ref shape));
            load[..head.Length].CopyTo(head);
            var length = checked(shape.Width * shape.Height * 3);
            frames.Add(shape.With(load.Slice(head.Length, length).ToArray()));
            load = load[(head.Length + length)..];
        }

        return frames;
    }
}
