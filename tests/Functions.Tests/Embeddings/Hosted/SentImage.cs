using NetVips;
using Serverless.Imaging;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>An image as it arrived at a provider.</summary>
internal sealed class SentImage(byte[] bytes)
{
    public byte[] Bytes => bytes;

    public CheckedImage Checked { get; } = Imaging.Pictures.Accepted(bytes);

    public int LongSide => Math.Max(Checked.Width, Checked.Height);

    public int ShortSide => Math.Min(Checked.Width, Checked.Height);

    /// <summary>The names of everything in the file that is not the picture itself.</summary>
    public IReadOnlyList<string> Metadata()
    {
        using var image = Image.NewFromBuffer(bytes);
        return
        [
            .. image
                .GetFields()
                .Where(field =>
                    field.StartsWith("exif", StringComparison.Ordinal)
                    || field is "xmp-data" or "iptc-data" or "icc-profile-data" or "orientation"
                ),
        ];
    }
}
