namespace Serverless.Imaging;

/// <summary>
/// Follows the chain of a TIFF's pages without reading them. The decoder would read them all just to count them, which takes minutes for as
/// many as fit in a small file; so it is only ever given one.
/// </summary>
internal static class TiffPages
{
    public const int Most = 5_000;
    private const int MostSubDirectories = 64;

    /// <summary>A page with less than this share of the largest page's area may be a preview.</summary>
    private const double LikeSize = 0.5;

    /// <exception cref="UnsupportedImageException">There are more pages than <see cref="Most"/>, or they form a loop.</exception>
    /// <param name="without">Called if no page has a size, to describe the fault.</param>
    public static ImageContents Contents(ReadOnlyMemory<byte> bytes, Func<ImageContents> without)
    {
        var pages = Pages(bytes);
        if (pages.Count == 0)
        {
            return without();
        }

        var largest = pages.Max(page => page.Pixels);
        var first = pages.FindIndex(page => page.Pixels >= LikeSize * largest);
        var picture = pages[first];
        pages.RemoveAt(first);
        var others = pages
            .Where(page => !page.IsReduced || page.Pixels >= LikeSize * largest)
            .Select(page => page with { MayBePreview = page.Pixels < LikeSize * largest && HasShapeOf(picture, page) });
        return picture.RejectionReason is { } refusal
            ? throw new UnsupportedImageException(refusal)
            : new ImageContents([picture, .. others]) { FramesReadable = pages.TrueForAll(page => page.RejectionReason is null) };
    }

    /// <summary>The file, modified to make this directory its only one.</summary>
    public static byte[] Alone(ReadOnlySpan<byte> bytes, long directory)
    {
        var reader = new TiffReader(bytes);
        var alone = bytes.ToArray();
        reader.Write(alone, reader.FirstAt.At, directory);
        if (reader.Directory(directory) is { } page && page.NextAt + reader.FirstAt.Size <= alone.Length)
        {
            reader.Write(alone, page.NextAt, 0);
        }

        return alone;
    }

    /// <summary>
    /// Each directory of the chain that has a size, or its larger subdirectory: some writers put the picture there and a preview above.
    /// </summary>
    private static List<PicturePart> Pages(ReadOnlyMemory<byte> bytes)
    {
        var reader = new TiffReader(bytes.Span);
        var (pages, isOnly) = (new List<PicturePart>(), true);
        var at = reader.First;
        for (var count = 0; at != 0 && reader.Directory(at) is { } directory; at = directory.Next)
        {
            List<TiffDirectory> candidates = [directory, .. Below(reader, directory)];
            count += candidates.Count;
            if (count > Most)
            {
                throw new UnsupportedImageException(
                    $"The TIFF file has more than {Most} pages, or they form a loop: upload the relevant page."
                );
            }

            isOnly &= pages.Count == 0 && directory.Next == 0 && !directory.Has(TiffDirectory.SubDirectories);
            if (
                candidates
                    .Where(page => page is { Size: not null, IsMask: false })
                    .MaxBy(page => (long)page.Size!.Value.Width * page.Size.Value.Height) is
                { } largest
            )
            {
                pages.Add(Page(bytes, largest));
            }
        }

        return isOnly && pages.Count == 1 ? [pages[0] with { Directory = null }] : pages;
    }

    private static PicturePart Page(ReadOnlyMemory<byte> bytes, TiffDirectory directory)
    {
        var (width, height) = directory.Size!.Value;
        var page = new PicturePart(ImageFormat.Tiff, bytes, width, height)
        {
            Directory = directory.Offset,
            IsReduced = directory.IsReduced,
            HasPlainSamples =
                (directory.Number(TiffDirectory.BitsPerSample) ?? 1) <= 16 && (directory.Number(TiffDirectory.SampleFormat) ?? 1) == 1,
            RejectionReason = TiffFeatures.RejectionReason(directory),
        };
        return
            TiffFeatures.OldStyleJpeg(bytes, directory) is { } jpeg
            && JpegStructure.Read(jpeg.Span) is { IsWhole: true, IsCommon: true } structure
            ? page with
            {
                Format = ImageFormat.Jpeg,
                Bytes = jpeg,
                Width = structure.Width,
                Height = structure.Height,
                RejectionReason = null,
            }
            : page;
    }

    internal static List<TiffDirectory> Below(TiffReader reader, TiffDirectory directory)
    {
        var found = new List<TiffDirectory>();
        if (directory.Fields.TryGetValue(TiffDirectory.SubDirectories, out var field))
        {
            foreach (var at in reader.Numbers(field, MostSubDirectories))
            {
                if (reader.Directory(at) is { } below)
                {
                    found.Add(below);
                }
            }
        }

        return found;
    }

    private static bool HasShapeOf(PicturePart picture, PicturePart page)
    {
        var (a, b) = ((double)picture.Width / picture.Height, (double)page.Width / page.Height);
        return Math.Abs((a / b) - 1) <= 0.01 + (1.0 / Math.Min(page.Width, page.Height));
    }
}
