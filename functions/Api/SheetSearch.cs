using Serverless.Search;

namespace Serverless.Api;

/// <summary>What is looked for among images, and among pages and tiles.</summary>
/// <param name="Embeddings">In the space shared with text: one, or a picture's four quarter turns.</param>
/// <param name="Lines">Vectors of a drawing's strokes; none where it is not searched by its lines.</param>
/// <param name="LinesOnly">Only drawings are wanted.</param>
internal sealed record SearchForms(IReadOnlyList<ReadOnlyMemory<float>> Embeddings, IReadOnlyList<float[]> Lines, bool LinesOnly)
{
    public ReadOnlyMemory<float> Upright => Embeddings[0];
}

/// <summary>The conditions of a search, for either index.</summary>
/// <param name="IsGrouped">The parts of a sheet are one result.</param>
internal sealed record SheetFilter(string? Images, string? Parts, bool IsGrouped);

/// <summary>
/// Searches images and their pages and tiles side by side. Both lists are merged by cosine and, where wanted, by sheet: the best part
/// first. As many parts are always read, so that the order of results does not depend on how far one pages.
/// </summary>
internal sealed class SheetSearch(ImageIndex index, WordIndex words, PartIndex parts)
{
    /// <summary>Parts that take part in a search: sheets beyond them are found as a whole.</summary>
    private const int Depth = 500;

    /// <summary>Pages found by their text.</summary>
    private const int MostPages = 100;

    private const int MostOthers = 4;

    public WordIndex Words => words;

    /// <summary>The nearest, best first. A drawing's lines and its picture are different measures: their lists alternate.</summary>
    public async Task<IReadOnlyList<Neighbour>> NearestAsync(
        SearchForms forms,
        int count,
        SheetFilter filter,
        CancellationToken cancellation
    )
    {
        var plain = forms.LinesOnly ? [] : forms.Embeddings;
        var images = plain.Select(vector => index.SearchAsync(vector, count, filter.Images, cancellation));
        if (!parts.IsThere)
        {
            return Best((await Task.WhenAll(images)).SelectMany(found => found));
        }

        var pages = plain.Select(vector => PartsAsync(vector, ImageDocument.EmbeddingField, filter, cancellation));
        var lines = Task.WhenAll(forms.Lines.Select(vector => PartsAsync(vector, ImageDocument.LinesField, filter, cancellation)));
        var seen = Merged((await Task.WhenAll([.. images, .. pages])).SelectMany(found => found), filter);
        var drawn = Merged((await lines).SelectMany(found => found), filter);
        return Alternating(drawn, seen);
    }

    /// <summary>Images by their words, and pages by their text; within each degree of completeness images come first.</summary>
    public async Task<WordHits> FindAsync(WordQuery query, int count, SheetFilter filter, CancellationToken cancellation)
    {
        var byWords = words.FindAsync(query, count, filter.Images, cancellation);
        if (!parts.IsThere)
        {
            return await byWords;
        }

        var pages = (await parts.Words.FindAsync(query, MostPages, filter.Parts, cancellation)).All;
        foreach (var page in pages)
        {
            page.Document.IsGrouped = filter.IsGrouped;
        }

        var best = pages.DistinctBy(page => page.Id).ToDictionary(page => page.Id, StringComparer.Ordinal);
        var images = (await byWords).All.Select(hit =>
            best.GetValueOrDefault(hit.Id) is { } page ? hit with { Page = page.Document } : hit
        );
        var known = images.Select(hit => hit.Id).ToHashSet(StringComparer.Ordinal);
        return new WordHits([
            .. images.Concat(best.Values.Where(page => !known.Contains(page.Id))).OrderByDescending(hit => hit.Completeness),
        ]);
    }

    /// <summary>The cosines of hits that words alone have found, by what they are told apart by.</summary>
    public async Task<IReadOnlyDictionary<string, double>> SimilaritiesAsync(
        ReadOnlyMemory<float> embedding,
        IReadOnlyCollection<ImageDocument> found,
        CancellationToken cancellation
    )
    {
        var (images, pages) = (
            index.SimilaritiesAsync(embedding, [.. found.Where(one => one.Sheet is null).Select(one => one.Id)], cancellation),
            parts.SimilaritiesAsync(embedding, [.. found.Where(one => one.Sheet is not null).Select(one => one.Id)], cancellation)
        );
        var (ofImages, ofPages) = (await images, await pages);
        var known = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var one in found)
        {
            if (ofImages.TryGetValue(one.Id, out var cosine) || ofPages.TryGetValue(one.Id, out cosine))
            {
                known[one.Key] = cosine;
            }
        }

        return known;
    }

    /// <summary>The hits with the documents of their sheets, which tell what a part does not; without those that are gone.</summary>
    public async Task<IReadOnlyList<FusedHit>> CompleteAsync(IReadOnlyList<FusedHit> hits, CancellationToken cancellation)
    {
        var sheets = hits.Where(hit => hit.Document.Sheet is not null).Select(hit => hit.Document.Sheet!).Distinct().ToList();
        var documents = await index.FindAsync(sheets, cancellation);
        return
        [
            .. hits.Select(hit =>
                    hit.Document.Sheet is not { } sheet ? hit
                    : documents.TryGetValue(sheet, out var document) ? hit with { Document = document }
                    : null
                )
                .OfType<FusedHit>(),
        ];
    }

    /// <summary>Where the words are in hits that were found without that, by document.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<Highlight>>> HighlightsAsync(
        WordQuery query,
        IReadOnlyCollection<ImageDocument> found,
        CancellationToken cancellation
    )
    {
        var images = words.HighlightsAsync(query, [.. found.Where(one => one.Sheet is null).Select(one => one.Id)], cancellation);
        var pages = parts.Words.HighlightsAsync(query, [.. found.Where(one => one.Sheet is not null).Select(one => one.Id)], cancellation);
        return (await images).Concat(await pages).ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
    }

    private Task<IReadOnlyList<Neighbour>> PartsAsync(
        ReadOnlyMemory<float> vector,
        string field,
        SheetFilter filter,
        CancellationToken cancellation
    ) => parts.NearestAsync(vector, field, Depth, filter.Parts, cancellation);

    /// <summary>Of several cosines of one document the best.</summary>
    private static List<Neighbour> Best(IEnumerable<Neighbour> found) =>
        [.. found.OrderByDescending(neighbour => neighbour.Similarity).DistinctBy(neighbour => neighbour.Document.Id)];

    /// <summary>By cosine; of equal ones a page goes before the file that it is the first of.</summary>
    private static List<Neighbour> Merged(IEnumerable<Neighbour> found, SheetFilter filter)
    {
        var ordered = Best(found.OrderByDescending(neighbour => neighbour.Document.Sheet is not null));
        if (!filter.IsGrouped)
        {
            return ordered;
        }

        foreach (var neighbour in ordered)
        {
            neighbour.Document.IsGrouped = true;
        }

        return
        [
            .. ordered
                .GroupBy(neighbour => neighbour.Id, StringComparer.Ordinal)
                .Select(sheet =>
                    sheet.First() with
                    {
                        Others = [.. sheet.Skip(1).Where(one => one.Document.Sheet is not null).Take(MostOthers)],
                    }
                ),
        ];
    }

    private static List<Neighbour> Alternating(List<Neighbour> first, List<Neighbour> second)
    {
        if (first.Count == 0 || second.Count == 0)
        {
            return first.Count == 0 ? second : first;
        }

        var taken = first.Select(neighbour => neighbour.Id).ToHashSet(StringComparer.Ordinal);
        var rest = second.Where(neighbour => !taken.Contains(neighbour.Id)).ToList();
        return
        [
            .. Enumerable
                .Range(0, Math.Max(first.Count, rest.Count))
                .SelectMany(place => first.Skip(place).Take(1).Concat(rest.Skip(place).Take(1))),
        ];
    }
}
