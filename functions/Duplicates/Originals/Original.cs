using Serverless.Duplicates.PixelMatching;
using Serverless.Imaging;

namespace Serverless.Duplicates.Originals;

/// <summary>The file behind one side of a comparison. Read on first use; a still is decoded once.</summary>
/// <param name="sha256">The judged bytes; others count as unreadable.</param>
/// <param name="pixels">Width times height, for the comparison's budget.</param>
/// <param name="read">Reads and checks the file; null if these bytes are unavailable.</param>
/// <param name="isThere">Whether that version still exists, without reading it.</param>
internal sealed class Original(
    string sha256,
    long pixels,
    Func<CancellationToken, Task<CheckedImage?>> read,
    Func<CancellationToken, Task<bool>> isThere
)
{
    private Task<CheckedImage?>? image;
    private PictureDetail? still;

    public string Sha256 => sha256;

    public long Pixels => pixels;

    /// <summary>An image that has already been read.</summary>
    public static Original Of(CheckedImage image) =>
        new(image.Sha256, (long)image.Width * image.Height, _ => Task.FromResult<CheckedImage?>(image), _ => Task.FromResult(true));

    /// <summary>Null if the judged bytes cannot be read.</summary>
    public Task<CheckedImage?> ImageAsync(CancellationToken cancellation) => image ??= read(cancellation);

    public Task<bool> IsThereAsync(CancellationToken cancellation) => isThere(cancellation);

    /// <summary>
    /// The frames or pages of <paramref name="checkedImage"/>, this original's image, decoded on demand. A still's is kept for further
    /// comparisons.
    /// </summary>
    public IEnumerable<PictureDetail> Details(CheckedImage checkedImage) =>
        checkedImage.Frames == 1
            ? [still ??= PictureDetail.Of(checkedImage.Frame(0), Steps(checkedImage))]
            : checkedImage.AllFrames().Select(PictureDetail.Of);

    private static float[]? Steps(CheckedImage image) =>
        image.Format == ImageFormat.Jpeg ? JpegQuantisation.OfBrightness(image.Bytes.Span) : null;
}
