using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using Serverless.Drawings;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;

namespace Serverless.Sheets;

/// <summary>Makes the parts of a sheet, a page at a time.</summary>
internal sealed class PageMaker(IEmbeddingGenerator<CheckedImage, ImageEmbedding> embedder, ImageReader reader, SheetRule rule)
{
    /// <summary>Enough for any model, and for fingerprints.</summary>
    private const int MostSide = 1024;

    /// <summary>Characters of a page's text: a column holds 32,768.</summary>
    private const int MostText = 30_000;

    /// <summary>The page and its tiles; none if it is the only page and no drawing: the image itself is searched.</summary>
    /// <param name="page">From 1.</param>
    /// <exception cref="UndecodableException">The page is damaged, or exceeds a limit.</exception>
    /// <exception cref="EmbeddingRefusedException">The model never embeds this page.</exception>
    /// <exception cref="EmbeddingUnavailableException">The model cannot be reached.</exception>
    public async Task<IReadOnlyList<SheetPart>> OfAsync(ImageRecord record, CheckedImage sheet, int page, CancellationToken cancellation)
    {
        var isOnly = sheet.Frames == 1 || !record.Format!.Value.HasPages();
        var pixels = await OwnThread.RunAsync(() => sheet.Frame(page - 1));
        var drawing = await OwnThread.RunAsync(() =>
            rule.IsDrawing(record.Path) || (rule.Options.Detect && LineDrawing.IsLineDrawing(pixels)) ? LineSheet.Of(pixels) : null
        );
        if (isOnly && drawing is null)
        {
            return [];
        }

        var whole = new SheetPart(record.Path, page)
        {
            MadeOf = rule.MadeOf(record.Path, record.Sha256),
            Width = pixels.Width,
            Height = pixels.Height,
            Pixels = HashOf(pixels),
            Text = TextOf(sheet, page),
            Lines = drawing is null ? default : Unit(LineVector.Of(drawing)),
        };
        var vectors =
            isOnly ? whole
            : page == 1
                ? whole with
                {
                    Embedding = record.Embedding,
                    CopyDescriptor = record.CopyDescriptor,
                    Fingerprint = record.Fingerprint,
                }
            : await WithVectorsAsync(whole, pixels, cancellation);
        return drawing is null ? [vectors] : [vectors, .. await OwnThread.RunAsync(() => Tiles(whole, pixels, drawing))];
    }

    /// <summary>Empty tiles are left out, and of those that are almost the same all but one.</summary>
    private List<SheetPart> Tiles(SheetPart page, Pixels pixels, LineSheet drawing)
    {
        var tiles =
            rule.Options.MaxTiles == 0 ? [] : Tiling.Of(pixels, drawing).Select(tile => (tile.Box, Vector: LineVector.Of(tile))).ToList();
        tiles.RemoveAll(tile => Unit(tile.Vector).IsEmpty);
        return
        [
            .. Tiling
                .Distinct([.. tiles.Select(tile => tile.Vector)])
                .Take(rule.Options.MaxTiles)
                .Select(
                    (kept, number) =>
                        new SheetPart(page.Sheet, page.Page, number + 1)
                        {
                            MadeOf = page.MadeOf,
                            Width = page.Width,
                            Height = page.Height,
                            Pixels = page.Pixels,
                            Box = new(tiles[kept].Box.Left, tiles[kept].Box.Top, tiles[kept].Box.Right, tiles[kept].Box.Bottom),
                            Lines = tiles[kept].Vector,
                        }
                ),
        ];
    }

    /// <summary>Empty where there are no strokes.</summary>
    private static ReadOnlyMemory<float> Unit(float[] vector) => Array.Exists(vector, value => value != 0) ? vector : default;

    private async Task<SheetPart> WithVectorsAsync(SheetPart part, Pixels pixels, CancellationToken cancellation)
    {
        var picture = await PictureAsync(pixels, cancellation);
        var embedding = (await embedder.GenerateAsync([picture], cancellationToken: cancellation))[0];
        return part with
        {
            Embedding = embedding.Vector,
            CopyDescriptor = embedding.CopyDescriptor ?? default,
            Fingerprint = reader.Fingerprint(picture),
        };
    }

    /// <summary>The page as a picture of its own.</summary>
    private async Task<CheckedImage> PictureAsync(Pixels pixels, CancellationToken cancellation)
    {
        var png = await OwnThread.RunAsync(() => PixelsPng.Of(pixels, MostSide));
        var check = await reader.CheckAsync(png, DecodeTimeout.Unlimited with { Cancellation = cancellation });
        return check.Image ?? throw new UndecodableException(check.Reason!);
    }

    private static string? TextOf(CheckedImage sheet, int page) =>
        sheet.PageTexts.ElementAtOrDefault(page - 1) is not { Length: > 0 } text ? null
        : text.Length <= MostText ? text
        : text[..MostText];

    private static string HashOf(Pixels pixels)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(size, pixels.Width);
        BinaryPrimitives.WriteInt32LittleEndian(size[4..], pixels.Height);
        hash.AppendData(size);
        hash.AppendData(pixels.Rgb);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
