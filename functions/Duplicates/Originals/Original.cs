using Serverless.Duplicates.PixelMatching;
using Serverless.Imaging;

namespace Serverless.Duplicates.Originals;

/// <summary>The file behind one side of a comparison. Read when it is first needed, and a still is decoded once.</summary>
/// <param name="sha256">The bytes that were judged; others count as unreadable.</param>
/// <param name="pixels">Width times height, for the room that a comparison takes.</param>
/// <param name="read">Reads and checks the file; null where these bytes cannot be had.</param>
/// <param name="isThere">Whether the file is still there in that version, without reading it.</param>
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

    /// <summary>An image that was read already.</summary>
    public static Original Of(CheckedImage image) =>
        new(image.Sha256, (long)image.Width * image.Height, _ => Task.FromResult<CheckedImage?>(image), _ => Task.FromResult(true));

    /// <summary>Null where the bytes that were judged cannot be read.</summary>
    public Task<CheckedImage?> ImageAsync(CancellationToken cancellation) => image ??= read(cancellation);

    public Task<bool> IsThereAsync(CancellationToken cancellation) => isThere(cancellation);

    /// <summary>
    /// The frames or pages of <paramref name="checkedImage"/>, this original's image, each decoded when it is asked for. That of a
    /// still is kept: others are compared with it as well.
    /// </summary>
    public IEnumerable<PictureDetail> Details(CheckedImage checkedImage) =>
        checkedImage.Frames == 1
            ? [still ??= PictureDetail.Of(checkedImage.Frame(0), Steps(checkedImage))]
            : checkedImage.AllFrames().Select(PictureDetail.Of);

    private static float[]? Steps(CheckedImage image) =>
        image.Format == ImageFormat.Jpeg ? JpegQuantisation.OfBrightness(image.Bytes.Span) : null;
}
