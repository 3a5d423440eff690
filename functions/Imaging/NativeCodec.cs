using ImageMagick;
using NetVips;
using Serverless.Imaging.Decoders;
using Serverless.Imaging.Vector;

namespace Serverless.Imaging;

/// <summary>libvips, with ImageMagick for BMP and HEIC.</summary>
internal sealed class NativeCodec : IImageCodec
{
    public ImageHeader Header(ReadOnlyMemory<byte> bytes, ImageFormat format) => Guard(format, () => ImageDecoder.Header(bytes, format));

    public Pixels Decode(ReadOnlyMemory<byte> bytes, ImageFormat format, int shortSide) =>
        Guard(format, () => ImageDecoder.Decode(bytes, format, shortSide));

    public Pixels Frame(ReadOnlyMemory<byte> bytes, ImageFormat format, int index) =>
        Guard(format, () => ImageDecoder.Frame(bytes, format, index));

    public IEnumerable<Pixels> AllFrames(ReadOnlyMemory<byte> bytes, ImageFormat format)
    {
        using var frames = Guard(format, () => ImageDecoder.AllFrames(bytes, format).GetEnumerator());
        while (Guard(format, frames.MoveNext))
        {
            yield return frames.Current;
        }
    }

    public int CountFrames(ReadOnlyMemory<byte> bytes, ImageFormat format) => Guard(format, () => ImageDecoder.CountFrames(bytes, format));

    public DocumentFacts Facts(ReadOnlyMemory<byte> bytes, ImageFormat format) =>
        format switch
        {
            ImageFormat.Pdf => PdfFile.Facts(bytes),
            ImageFormat.Svg => SvgFile.Read(bytes).Facts,
            _ => DocumentFacts.None,
        };

    public byte[] Thumbnail(ReadOnlyMemory<byte> bytes, ImageFormat format, int size) =>
        Guard(format, () => ImageThumbnail.Of(bytes, format, size, CancellationToken.None));

    /// <summary>The libraries' messages may contain anything from the file, so they are never passed on.</summary>
    private static T Guard<T>(ImageFormat format, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is VipsException or MagickException)
        {
            throw UndecodableException.Damaged(format, error);
        }
    }
}
