using Serverless.Drawings;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Serverless.Ledger;
using Serverless.Search;

namespace Serverless.Api;

/// <summary>Everything that a query is compared by: vectors, and the lines of its picture where that is a drawing.</summary>
internal sealed class QueryForms(
    QueryVectors vectors,
    RegionVectors regions,
    StoredContent content,
    ImageRecords records,
    PartIndex parts,
    ImageReader reader
)
{
    /// <summary>Enough for strokes and for any model.</summary>
    private const int MostSide = 1024;

    private const int PageSides = 3;

    /// <exception cref="ProblemException">The query is empty, too large, or asks for lines that it has not.</exception>
    public async Task<SearchForms> OfAsync(SearchRequest search, CheckedImage? image, EmbeddingTally tally, CancellationToken cancellation)
    {
        if (search.Turned && image is null)
        {
            throw ProblemException.Invalid("'turned' is for a picture in the request: send one, or leave it out.");
        }

        if (image is not null && ImageRegion.Parse(search.Region) is { } region)
        {
            // A part of the picture as sent: what follows, its quarter turns among it, is of that part.
            (image, search) = (await regions.CropAsync(image, region, cancellation), search with { Region = null });
        }

        var lines = LinesAsync(search, image, cancellation);
        var turns =
            image is null ? []
            : search.Turned && search.Lines != true ? await TurnsAsync(image, cancellation)
            : [image];
        var embeddings = vectors.OfAsync(search, turns, tally, cancellation);
        return new SearchForms(await embeddings, await lines, LinesOnly: search.Lines == true);
    }

    /// <summary>None where nothing is drawn, or nothing is there to be found by lines.</summary>
    private async Task<IReadOnlyList<float[]>> LinesAsync(SearchRequest search, CheckedImage? image, CancellationToken cancellation)
    {
        var isAsked = search.Lines == true;
        var hasPicture = image is not null || !string.IsNullOrEmpty(search.Id);
        if (isAsked && !hasPicture)
        {
            throw ProblemException.Invalid("'lines' is for a picture: send one, or give the 'id' of a stored image.");
        }

        // A stored image as a whole is only searched by its lines where that is asked for: its file would be read.
        var isPart = image is not null || !string.IsNullOrEmpty(search.Region);
        if (search.Lines == false || !hasPicture || !parts.IsThere || (!isAsked && !isPart))
        {
            return [];
        }

        var picture = image ?? await content.OriginalAsync(await StoredAsync(search.Id!, cancellation), cancellation);
        if (ImageRegion.Parse(search.Region) is { } region)
        {
            picture = await regions.CropAsync(picture, region, cancellation);
        }

        return await OwnThread.RunAsync(() =>
        {
            var pixels = picture.Pixels(MostSide);
            return isAsked || IsDrawing(pixels) ? LineVector.QueryVariants(pixels, search.Turned) : [];
        });
    }

    /// <summary>A sketch fills its paper: its strokes are thin only beside a page.</summary>
    private static bool IsDrawing(Pixels pixels) =>
        LineDrawing.IsLineDrawing(pixels)
        || (Math.Max(pixels.Width, pixels.Height) <= MostSide && LineDrawing.IsLineDrawing(OnPage(pixels)));

    /// <summary>The picture on a white page of three times its size.</summary>
    private static Pixels OnPage(Pixels pixels)
    {
        var (width, height) = (PageSides * pixels.Width, PageSides * pixels.Height);
        var page = new byte[width * height * 3];
        page.AsSpan().Fill(byte.MaxValue);
        for (var y = 0; y < pixels.Height; y++)
        {
            pixels
                .Rgb.AsSpan(3 * y * pixels.Width, 3 * pixels.Width)
                .CopyTo(page.AsSpan(3 * (((pixels.Height + y) * width) + pixels.Width)));
        }

        return new Pixels(page, width, height, new Extent(0, 0, width, height), width, height);
    }

    private async Task<ImageRecord> StoredAsync(string id, CancellationToken cancellation) =>
        await records.FindAsync(id, cancellation) ?? throw ProblemException.NotFound("No image with that id is known.");

    /// <summary>The picture in its four quarter turns, as it is first.</summary>
    private async Task<IReadOnlyList<CheckedImage>> TurnsAsync(CheckedImage image, CancellationToken cancellation)
    {
        var turns = new List<CheckedImage> { image };
        foreach (
            var png in await OwnThread.RunAsync(() =>
                PixelsPng.Turned(image.Pixels(MostSide), MostSide, ImageOrientationExtensions.Rotations)
            )
        )
        {
            var check = await reader.CheckAsync(png, DecodeTimeout.Interactive(cancellation));
            turns.Add(check.Image ?? throw ProblemException.NotAnImage($"'turned': {check.Reason}"));
        }

        return turns;
    }
}
