using System.Diagnostics;
using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>
/// Searches by colours alone, without a vector: the images whose palettes are nearest. The service finds palettes near to the colours, and
/// up to a thousand of them, the newest, are put in order here.
/// </summary>
internal sealed class ColourSearch(ImageIndex index, ImageStore store, EmbeddingModel model)
{
    private const int MostCandidates = 1000;

    /// <summary>How far from the colours to look, one after the other until there is enough.</summary>
    private static readonly double[] Distances = [PictureTerms.Alike / 4, PictureTerms.Alike, 2 * PictureTerms.Alike];

    /// <summary>Whether nothing but colours is asked for.</summary>
    public static bool IsAllOf(SearchRequest search, CheckedImage? image) =>
        image is null
        && search
            is {
                Text: null or "",
                Id: null or "",
                Ids: null or [],
                NotIds: null or [],
                Not: null or "",
                MinSimilarity: null,
                Mode: null or SearchMode.Color,
                Filter.Color: { Count: > 0 }
            };

    public async Task<SearchReply> RunAsync(SearchRequest search, int top, int from, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var wanted = PictureTerms.Wanted(search.Filter!.Color);
        var others = FilterExpression.Of(search.Filter with { Color = null }, store.Images);
        var found = new List<ImageDocument>();
        foreach (var distance in wanted.Any(colour => colour.Name is null) ? Distances : [PictureTerms.Alike])
        {
            var terms = string.Join(" and ", PictureTerms.Colours(search.Filter.Color, distance));
            var filter = others.OData is null ? terms : $"{others.OData} and {terms}";
            found = [.. (await index.PalettesAsync(filter, MostCandidates, cancellation)).Where(image => others.Matches(image.Path))];
            if (found.Count > from + top)
            {
                break;
            }
        }

        var ranked = found
            .Select(image => (Image: image, Match: wanted.Min(colour => colour.MatchOf(image.PaletteColours()))))
            .OrderByDescending(hit => hit.Match)
            .Skip(from)
            .Take(top)
            .Select(hit => SearchResult.Of(hit.Image, hit.Match));
        return new SearchReply(
            [.. SearchPage.Sorted(ranked, search.Sort)],
            model.Name,
            Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1),
            SearchMode.Color,
            found.Count > from + top ? SearchPage.After(from + top) : null
        );
    }
}
