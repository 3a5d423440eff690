using Serverless.Duplicates.PixelMatching;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Serverless.Telemetry;

namespace Serverless.Duplicates.Originals;

/// <summary>Compares two originals in full detail, in every frame or page.</summary>
internal sealed class OriginalComparison(KnownMatches known)
{
    /// <summary>The cached match of a pair; null if they must be compared.</summary>
    /// <inheritdoc cref="CompareAsync(Original, Original, PairVerdict, bool, CancellationToken)"/>
    public async Task<OriginalMatch?> FindAsync(
        Original a,
        Original b,
        PairVerdict sieve,
        bool isTurnedHere,
        CancellationToken cancellation
    )
    {
        var turn = sieve.Evidence.Turn ?? ImageOrientation.Upright;
        var match =
            isTurnedHere || turn == ImageOrientation.Upright
                ? known.Find(a.Sha256, b.Sha256, turn)
                : known.Find(b.Sha256, a.Sha256, turn)?.Swapped();
        return match is null || await b.IsThereAsync(cancellation) ? match : new OriginalMatch(OriginalFinding.Unreadable);
    }

    /// <summary>Reads and compares two originals.</summary>
    /// <param name="sieve">The sieve's verdict: orientation, and alignment of the fingerprints.</param>
    /// <param name="isTurnedHere">Whether <paramref name="a"/> is the one that must be turned.</param>
    public async Task<OriginalMatch> CompareAsync(
        Original a,
        Original b,
        PairVerdict sieve,
        bool isTurnedHere,
        CancellationToken cancellation
    )
    {
        var turn = sieve.Evidence.Turn ?? ImageOrientation.Upright;
        return turn == ImageOrientation.Upright || isTurnedHere
            ? await CompareAsync(a, b, turn, sieve.Evidence.Alignment, cancellation)
            : (await CompareAsync(b, a, turn, sieve.Evidence.Alignment, cancellation)).Swapped();
    }

    /// <param name="turn">How <paramref name="a"/> must be turned.</param>
    /// <param name="hint">The fingerprints' alignment, if known.</param>
    public async Task<OriginalMatch> CompareAsync(
        Original a,
        Original b,
        ImageOrientation turn,
        Alignment? hint,
        CancellationToken cancellation
    )
    {
        if (await a.ImageAsync(cancellation) is not { } imageA || await b.ImageAsync(cancellation) is not { } imageB)
        {
            return new OriginalMatch(OriginalFinding.Unreadable);
        }

        try
        {
            var match = Compare(a, imageA, b, imageB, turn, hint);
            known.Note(a.Sha256, b.Sha256, turn, match);
            return match;
        }
        catch (UndecodableException)
        {
            // It could be decoded at a small size; in full it is damaged or exceeds a limit.
            return new OriginalMatch(OriginalFinding.Unreadable, FramesA: imageA.Frames, FramesB: imageB.Frames);
        }
    }

    private static OriginalMatch Compare(
        Original a,
        CheckedImage imageA,
        Original b,
        CheckedImage imageB,
        ImageOrientation turn,
        Alignment? hint
    )
    {
        using var step = Step.CompareDetail.Begin();
        if (imageA.IsRaw || imageB.IsRaw)
        {
            return new OriginalMatch(OriginalFinding.CameraRaw, FramesA: imageA.Frames, FramesB: imageB.Frames);
        }

        var (framesA, framesB) = (imageA.Frames, imageB.Frames);
        if (framesA != framesB)
        {
            return new OriginalMatch(OriginalFinding.FramesDiffer, FramesA: framesA, FramesB: framesB);
        }

        if (imageA.NotDrawn.Count > 0 || imageB.NotDrawn.Count > 0)
        {
            string[] missing = [.. imageA.NotDrawn.Union(imageB.NotDrawn)];
            return new OriginalMatch(OriginalFinding.NotDrawn, FramesA: framesA, FramesB: framesB) { Missing = missing };
        }

        if (TextDiffers(imageA, imageB))
        {
            return new OriginalMatch(OriginalFinding.TextDiffers, FramesA: framesA, FramesB: framesB);
        }

        if (!imageA.FramesReadable || !imageB.FramesReadable)
        {
            return new OriginalMatch(OriginalFinding.Unreadable, FramesA: framesA, FramesB: framesB);
        }

        DetailMatch? all = null;
        var frame = 0;
        foreach (var (detailA, detailB) in a.Details(imageA).Zip(b.Details(imageB)))
        {
            var detail = DetailComparison.Compare(Turned(detailA, turn), detailB, frame == 0 ? hint : null);
            if (detail.Verdict != DetailVerdict.Same)
            {
                return new OriginalMatch(FindingOf(detail.Verdict), turn.Undo(detail), frame, framesA, framesB);
            }

            if (all is not null && !FramePlacement.Agrees(all, detail))
            {
                return new OriginalMatch(OriginalFinding.Differs, turn.Undo(Elsewhere(detail)), frame, framesA, framesB);
            }

            all = all is null ? detail : Both(all, detail);
            frame++;
        }

        return frame == framesA
            ? new OriginalMatch(OriginalFinding.Same, turn.Undo(all!), 0, framesA, framesB)
            : new OriginalMatch(OriginalFinding.Unreadable, FramesA: framesA, FramesB: framesB);
    }

    /// <summary>
    /// A drawing's number may be too small a detail to see. Another program writes the same words, in whichever order; a scan has none.
    /// </summary>
    private static bool TextDiffers(CheckedImage a, CheckedImage b)
    {
        var (textA, textB) = (Words(a), Words(b));
        return textA.Length > 0 && textB.Length > 0 && textA != textB;

        static string Words(CheckedImage image) =>
            string.Join('\n', image.PageTexts.Select(text => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)).Order())))
                .Trim();
    }

    private static PictureDetail Turned(PictureDetail detail, ImageOrientation turn) =>
        turn == ImageOrientation.Upright ? detail : detail.Turned(turn);

    /// <summary>The same object at another position: there the frames differ.</summary>
    private static DetailMatch Elsewhere(DetailMatch detail) =>
        detail with
        {
            Verdict = DetailVerdict.Differs,
            Differences =
            [
                new DetailDifference(
                    detail.A.Left,
                    detail.A.Top,
                    detail.A.Width,
                    detail.A.Height,
                    detail.B.Left,
                    detail.B.Top,
                    detail.B.Width,
                    detail.B.Height
                ),
            ],
            DifferenceCount = 1,
        };

    /// <summary>What one of the frames adds, the file adds.</summary>
    private static DetailMatch Both(DetailMatch first, DetailMatch next) =>
        first with
        {
            OfA = first.OfA | next.OfA,
            OfB = first.OfB | next.OfB,
        };

    private static OriginalFinding FindingOf(DetailVerdict verdict) =>
        verdict switch
        {
            DetailVerdict.Same => OriginalFinding.Same,
            DetailVerdict.Differs => OriginalFinding.Differs,
            DetailVerdict.Overlay => OriginalFinding.Overlay,
            _ => OriginalFinding.Unclear,
        };
}
