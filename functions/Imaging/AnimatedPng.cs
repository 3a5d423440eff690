using System.Buffers.Binary;
using NetVips;

namespace Serverless.Imaging;

/// <summary>Frames of an animated PNG, of which the decoder reads only the still picture.</summary>
internal static class AnimatedPng
{
    private const int MostFrames = 100_000;

    private enum Disposal : byte
    {
        Keep = 0,
        Clear = 1,
        Restore = 2,
    }

    /// <summary>The number of pictures: the frames, plus the still picture if it is not the first frame.</summary>
    public static int Count(ReadOnlySpan<byte> bytes)
    {
        var (at, frames, isAnimated, hasStill) = (PngChunks.Signature.Length, 0, false, false);
        while (frames < MostFrames && PngChunks.Next(bytes, ref at, out var name, out var data))
        {
            isAnimated |= !hasStill && name.SequenceEqual("acTL"u8);
            if (name.SequenceEqual("fcTL"u8) && data.Length == 26)
            {
                frames++;
            }
            else if (name.SequenceEqual("IDAT"u8) && !hasStill)
            {
                hasStill = true;
                frames = Math.Max(frames, 1);
            }
        }

        return isAnimated ? frames : 1;
    }

    public static IEnumerable<Pixels> Frames(PicturePart animation, CancellationToken cancellation)
    {
        var (width, height) = (animation.Width, animation.Height);
        var canvas = new byte[4 * width * height];
        foreach (var frame in Read(animation.Bytes, width, height))
        {
            cancellation.ThrowIfCancellationRequested();
            var before = frame.Disposal == Disposal.Restore ? (byte[])canvas.Clone() : null;
            Draw(canvas, width, frame, Rgba(frame));
            yield return AnimationFrames.Shown(canvas, width, height, cancellation);
            canvas = before ?? canvas;
            if (frame.Disposal == Disposal.Clear)
            {
                for (var y = 0; y < frame.Height; y++)
                {
                    canvas.AsSpan(4 * (((frame.Top + y) * width) + frame.Left), 4 * frame.Width).Clear();
                }
            }
        }
    }

    /// <summary>Each frame as a separate PNG file.</summary>
    private static List<FrameFile> Read(ReadOnlyMemory<byte> file, int width, int height)
    {
        var bytes = file.Span;
        var (at, frames, header) = (PngChunks.Signature.Length, new List<FrameFile>(), Array.Empty<byte>());
        using var head = new MemoryStream();
        FrameFile? current = null;
        while (PngChunks.Next(bytes, ref at, out var name, out var data))
        {
            if (name.SequenceEqual("IHDR"u8) && data.Length == 13)
            {
                header = data.ToArray();
            }
            else if (name.SequenceEqual("PLTE"u8) || name.SequenceEqual("tRNS"u8))
            {
                PngChunks.Write(head, name, data);
            }
            else if (name.SequenceEqual("fcTL"u8) && data.Length == 26)
            {
                frames.Add(current = FrameFile.Of(data, width, height));
            }
            else if (name.SequenceEqual("IDAT"u8))
            {
                if (current is null)
                {
                    frames.Add(current = new FrameFile(width, height, 0, 0, Disposal.Clear, false));
                }

                current.Data.Add((at - 4 - data.Length, data.Length));
            }
            else if (name.SequenceEqual("fdAT"u8) && data.Length > 4)
            {
                current?.Data.Add((at - data.Length, data.Length - 4));
            }
        }

        frames.ForEach(frame => (frame.File, frame.Header, frame.Head) = (file, header, head.ToArray()));
        return frames.FindAll(frame => frame.Data.Count > 0);
    }

    private static byte[] Rgba(FrameFile frame)
    {
        using var opened = PictureOpener.Open(
            new PicturePart(ImageFormat.Png, frame.Png(), frame.Width, frame.Height),
            ImageDecoding.All,
            out _,
            CancellationToken.None
        );
        using var colour = opened.Colourspace(Enums.Interpretation.Srgb);
        using var eight = colour.Cast(Enums.BandFormat.Uchar);
        using var whole = eight.HasAlpha() ? eight.Copy() : eight.Bandjoin(255);
        return whole.WriteToMemory<byte>();
    }

    private static void Draw(byte[] canvas, int width, FrameFile frame, byte[] rgba)
    {
        for (var y = 0; y < frame.Height; y++)
        {
            var target = canvas.AsSpan(4 * (((frame.Top + y) * width) + frame.Left), 4 * frame.Width);
            var source = rgba.AsSpan(4 * y * frame.Width, 4 * frame.Width);
            if (!frame.IsOver)
            {
                source.CopyTo(target);
                continue;
            }

            for (var x = 0; x < source.Length; x += 4)
            {
                Over(target.Slice(x, 4), source.Slice(x, 4));
            }
        }
    }

    private static void Over(Span<byte> below, ReadOnlySpan<byte> above)
    {
        var (a, b) = (above[3] * 255, below[3] * (255 - above[3]));
        for (var band = 0; band < 3 && a + b > 0; band++)
        {
            below[band] = (byte)(((above[band] * a) + (below[band] * b) + ((a + b) / 2)) / (a + b));
        }

        below[3] = (byte)((a + b + 127) / 255);
    }

    private sealed class FrameFile(int width, int height, int left, int top, Disposal disposal, bool isOver)
    {
        public int Width => width;

        public int Height => height;

        public int Left => left;

        public int Top => top;

        public Disposal Disposal => disposal;

        public bool IsOver => isOver;

        public List<(int At, int Length)> Data { get; } = [];

        public ReadOnlyMemory<byte> File { get; set; }

        public byte[] Header { get; set; } = [];

        public byte[] Head { get; set; } = [];

        /// <exception cref="UnsupportedImageException">The frame lies outside the picture.</exception>
        public static FrameFile Of(ReadOnlySpan<byte> control, int width, int height)
        {
            var (w, h) = (BinaryPrimitives.ReadUInt32BigEndian(control[4..]), BinaryPrimitives.ReadUInt32BigEndian(control[8..]));
            var (x, y) = (BinaryPrimitives.ReadUInt32BigEndian(control[12..]), BinaryPrimitives.ReadUInt32BigEndian(control[16..]));
            return w >= 1 && h >= 1 && (long)x + w <= width && (long)y + h <= height && control[24] <= 2
                ? new FrameFile((int)w, (int)h, (int)x, (int)y, (Disposal)control[24], control[25] == 1)
                : throw new UnsupportedImageException("The animated PNG image is damaged: a frame lies outside the picture.");
        }

        public byte[] Png()
        {
            using var png = new MemoryStream();
            png.Write(PngChunks.Signature);
            BinaryPrimitives.WriteInt32BigEndian(Header, Width);
            BinaryPrimitives.WriteInt32BigEndian(Header.AsSpan(4), Height);
            PngChunks.Write(png, "IHDR"u8, Header);
            png.Write(Head);
            foreach (var (at, length) in Data)
            {
                PngChunks.Write(png, "IDAT"u8, File.Span.Slice(at, length));
            }

            PngChunks.Write(png, "IEND"u8, []);
            return png.ToArray();
        }
    }
}
