using System.Text;

namespace Serverless.Imaging;

/// <summary>Camera raws: recognised by their signatures and directories, represented by their largest preview.</summary>
internal static class CameraRaw
{
    private const int ColourFilterArray = 32803,
        LinearRaw = 34892;
    private const int MostDirectories = 64,
        MostPreviews = 64;

    /// <summary>The search for previews may read this many times the file's size.</summary>
    private const int MostWalks = 4;
    private const int Rgb = 2,
        YCbCr = 6;

    /// <summary>The kind of raw; null if it is not one.</summary>
    public static ImageFormat? KindOf(ReadOnlySpan<byte> bytes) =>
        bytes switch
        {
            [(byte)'I', (byte)'I', (byte)'R', (byte)'O' or (byte)'S', ..] or [(byte)'M', (byte)'M', (byte)'O', (byte)'R', ..] =>
                ImageFormat.Orf,
            [(byte)'I', (byte)'I', (byte)'U', 0, ..] => ImageFormat.Rw2,
            [(byte)'I', (byte)'I', 42, 0, _, _, _, _, (byte)'C', (byte)'R', ..] => ImageFormat.Cr2,
            [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => KindOfTiff(bytes),
            [(byte)'F', (byte)'O', (byte)'V', (byte)'b', ..] or [0, (byte)'M', (byte)'R', (byte)'M', ..] => ImageFormat.Raw,
            _ when bytes.StartsWith("FUJIFILMCCD-RAW "u8) => ImageFormat.Raf,
            _ when bytes.StartsWith("II\u001A\0\0\0HEAPCCDR"u8) => ImageFormat.Raw,
            _ => null,
        };

    /// <summary>The largest preview with three channels.</summary>
    /// <exception cref="UnsupportedImageException">There is none.</exception>
    public static ImageContents Contents(ReadOnlyMemory<byte> bytes, ImageFormat format)
    {
        var reader = new TiffReader(bytes.Span);
        var directories = IsLikeTiff(bytes.Span) ? Directories(reader) : [];
        var orientation = (int)(directories.FirstOrDefault()?.Number(TiffDirectory.Orientation) ?? OrientationOfCr3(bytes.Span) ?? 1);
        var previews = Jpegs(bytes, SensorData(reader, directories));
        foreach (var directory in directories)
        {
            if (
                directory.Number(TiffDirectory.Photometric) is Rgb or YCbCr
                && TiffFeatures.RejectionReason(directory) is null
                && directory.Size is { } size
                && directory.Number(TiffDirectory.SamplesPerPixel) == 3
            )
            {
                previews.Add(new PicturePart(ImageFormat.Tiff, bytes, size.Width, size.Height) { Directory = directory.Offset });
            }
        }

        return previews.MaxBy(preview => preview.Pixels) is { } largest
            ? new ImageContents([largest with { Orientation = orientation is >= 1 and <= 8 ? orientation : 1 }])
            : throw new UnsupportedImageException(
                $"The file is a camera raw ({format.DisplayName()}) without a usable preview: upload the picture as JPEG too."
            );
    }

    /// <summary>Whether the file ends before the data that its directories describe.</summary>
    public static bool IsCutShort(ReadOnlySpan<byte> bytes, ImageFormat format)
    {
        if (format == ImageFormat.Cr3)
        {
            return IsoMedia.IsCutShort(bytes);
        }

        var reader = new TiffReader(bytes);
        foreach (var directory in IsLikeTiff(bytes) ? Directories(reader) : [])
        {
            foreach (var (offset, length) in TiffFeatures.Data(reader, directory))
            {
                if (offset + length > bytes.Length)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static ImageFormat? KindOfTiff(ReadOnlySpan<byte> bytes)
    {
        var reader = new TiffReader(bytes);
        var directories = Directories(reader);
        if (directories.Exists(directory => directory.Has(TiffDirectory.DngVersion)))
        {
            return ImageFormat.Dng;
        }

        if (!directories.Exists(directory => directory.Number(TiffDirectory.Photometric) is ColourFilterArray or LinearRaw))
        {
            return null;
        }

        var make = directories
            .Where(directory => directory.Has(TiffDirectory.Make))
            .Select(directory => directory.Fields[TiffDirectory.Make])
            .FirstOrDefault();
        var maker = Encoding.ASCII.GetString(reader.Bytes(make)[..(int)Math.Min(make.Count, reader.Bytes(make).Length)]).ToUpperInvariant();
        return maker.StartsWith("NIKON", StringComparison.Ordinal) ? ImageFormat.Nef
            : maker.StartsWith("SONY", StringComparison.Ordinal) ? ImageFormat.Arw
            : ImageFormat.Raw;
    }

    private static bool IsLikeTiff(ReadOnlySpan<byte> bytes) => bytes is [(byte)'I', (byte)'I', not 0x1A, ..] or [(byte)'M', (byte)'M', ..];

    /// <summary>The directories of the chain, and their subdirectories.</summary>
    private static List<TiffDirectory> Directories(TiffReader reader)
    {
        var found = new List<TiffDirectory>();
        for (var at = reader.First; found.Count < MostDirectories && reader.Directory(at) is { } directory; at = directory.Next)
        {
            found.Add(directory);
            found.AddRange(TiffPages.Below(reader, directory));
        }

        return found;
    }

    /// <summary>The location of the sensor data: in some raws these are JPEG tiles, which are not previews.</summary>
    private static List<(long Offset, long Length)> SensorData(TiffReader reader, List<TiffDirectory> directories)
    {
        var data = new List<(long Offset, long Length)>();
        foreach (var directory in directories)
        {
            if (directory.Number(TiffDirectory.Photometric) is ColourFilterArray or LinearRaw)
            {
                data.AddRange(TiffFeatures.Data(reader, directory));
            }
        }

        data.Sort();
        return data;
    }

    private static List<PicturePart> Jpegs(ReadOnlyMemory<byte> file, List<(long Offset, long Length)> sensorData)
    {
        var bytes = file.Span;
        var (found, at, left) = (new List<PicturePart>(), 0, MostWalks * (long)bytes.Length);
        while (left > 0 && found.Count < MostPreviews && bytes[at..].IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) is var next and >= 0)
        {
            at += next;
            if (Within(sensorData, at) is { } behind)
            {
                at = Math.Max(at + 2, (int)Math.Min(behind, bytes.Length));
                continue;
            }

            var jpeg = JpegStructure.Read(bytes[at..], tolerant: false);
            left -= jpeg.Walked;
            var isPreview = jpeg is { IsWhole: true, IsCommon: true, Components: 3 };
            if (isPreview)
            {
                found.Add(new PicturePart(ImageFormat.Jpeg, file.Slice(at, jpeg.End), jpeg.Width, jpeg.Height));
            }

            at += isPreview ? jpeg.End : 2;
        }

        return found;
    }

    /// <summary>The end of the range that contains an offset; null if there is none.</summary>
    private static long? Within(List<(long Offset, long Length)> stretches, long at)
    {
        var index = stretches.BinarySearch((at, long.MaxValue));
        var before = (index < 0 ? ~index : index) - 1;
        return before >= 0 && at < stretches[before].Offset + stretches[before].Length
            ? stretches[before].Offset + stretches[before].Length
            : null;
    }

    private static long? OrientationOfCr3(ReadOnlySpan<byte> bytes)
    {
        var box = bytes[..Math.Min(bytes.Length, 1 << 16)].IndexOf("CMT1"u8);
        if (box < 0)
        {
            return null;
        }

        var reader = new TiffReader(bytes[(box + 4)..]);
        return reader.Directory(reader.First)?.Number(TiffDirectory.Orientation);
    }
}
