using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Search;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Compares a page with those of other sheets, by vector and fingerprint. The verdict is for information: a page is never moved by itself,
/// so the originals are not compared.
/// </summary>
internal sealed class ComparePage(PartIndex index, SheetLedger sheets, DuplicatePolicy policy)
{
    private const int Compared = 5;

    public async Task<SheetPart> RunAsync(SheetPart page, CancellationToken cancellation)
    {
        if (page.Embedding.IsEmpty || page.Fingerprint is null)
        {
            return page;
        }

        await index.LookAsync(cancellation);
        var filter = Azure.Search.Documents.SearchFilter.Create($"kind eq 'page' and sheet ne {page.Sheet.Id}");
        var found = await index.NearestAsync(page.Embedding, ImageDocument.EmbeddingField, Compared, filter, cancellation);
        (SheetPart Page, PairVerdict Pair)? best = null;
        foreach (var document in found.Select(neighbour => neighbour.Document))
        {
            var other = await sheets.PageAsync(document.Sheet ?? "", document.PageNumber ?? 0, cancellation);
            if (other is not { Fingerprint: not null, Pixels: not null } || other.Embedding.Length != page.Embedding.Length)
            {
                continue;
            }

            var pair = policy.Compare(SubjectOf(page), SubjectOf(other));
            if (best is null || pair.Verdict > best.Value.Pair.Verdict || IsNearer(pair, best.Value.Pair))
            {
                best = (other, pair);
            }
        }

        return best is not { } match || match.Pair.Verdict == Verdict.New
            ? page with
            {
                Verdict = Verdict.New,
            }
            : page with
            {
                Verdict = match.Pair.Verdict,
                Similarity = match.Pair.Similarity,
                DuplicateOfSheet = match.Page.Sheet,
                DuplicateOfPage = match.Page.Page,
            };
    }

    private static bool IsNearer(PairVerdict one, PairVerdict other) => one.Verdict == other.Verdict && one.Similarity > other.Similarity;

    private static Subject SubjectOf(SheetPart page) =>
        new(page.Pixels!, page.CopyDescriptor.IsEmpty ? page.Embedding : page.CopyDescriptor, page.Fingerprint!);
}
