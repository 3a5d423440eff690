using ModelContextProtocol.Protocol;
using Serverless.Api;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Ledger;

namespace Serverless.Mcp;

/// <summary>Content blocks for images: a label, a picture, and a link to the original.</summary>
internal sealed class Previews(ImageRecords records, StoredContent content)
{
    public async Task<IReadOnlyList<ContentBlock>> OfAsync(
        IReadOnlyList<FoundImage> images,
        bool withPictures,
        CancellationToken cancellation
    )
    {
        var pictures = await Task.WhenAll(
            images.Select(image => withPictures ? PreviewAsync(image.Id, cancellation) : Task.FromResult<ContentBlock?>(null))
        );
        return [.. images.SelectMany((image, index) => Blocks(image, pictures[index]))];
    }

    /// <summary>A WebP that fits in a square of <paramref name="side"/> pixels.</summary>
    public async Task<ImageContentBlock> PictureAsync(ImageRecord record, int side, CancellationToken cancellation) =>
        ImageContentBlock.FromBytes(await content.ThumbnailAsync(record, side, cancellation), content.ThumbnailMediaType);

    public static ResourceLinkBlock LinkTo(FoundImage image) =>
        new()
        {
            Uri = image.OriginalUrl,
            Name = image.Path,
            Title = image.Title,
            Description = image.Alt,
            MimeType = ImageFormats.Named(image.Format)?.MediaType(),
            Size = image.Bytes,
        };

    private static IEnumerable<ContentBlock> Blocks(FoundImage image, ContentBlock? picture) =>
        picture is null ? [LinkTo(image)] : [new TextContentBlock { Text = $"{image.Id}: {image.Text}" }, picture, LinkTo(image)];

    /// <summary>Null if the image has just been deleted: the other results are still useful.</summary>
    private async Task<ContentBlock?> PreviewAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return await PictureAsync(await ImagesEndpoint.RecordAsync(id, records, cancellation), Descriptions.PreviewSide, cancellation);
        }
        catch (ProblemException)
        {
            return null;
        }
    }
}
