using Serverless.Duplicates.Originals;
using Serverless.Images;
using Serverless.Imaging;

namespace Serverless.Duplicates;

/// <summary>The verdict on a pair that the sieve calls a copy, based on the originals. No I/O.</summary>
internal static class OriginalRule
{
    /// <param name="pair">The sieve's verdict on the image and the other one.</param>
    /// <param name="match">The comparison of the originals, in the same order.</param>
    /// <param name="acceptsOverlays">Whether a picture with a mark is still a copy.</param>
    /// <param name="other">The other one, for sentences.</param>
    /// <param name="givesWay">Whether the image supersedes the other one, so that it may show more.</param>
    public static PairVerdict Of(PairVerdict pair, OriginalMatch match, bool acceptsOverlays, string other, bool givesWay = false)
    {
        var isOverlay = match.Finding == OriginalFinding.Overlay;
        if (match.Finding == OriginalFinding.Same || (isOverlay && acceptsOverlays))
        {
            return match.AAdds && !givesWay
                ? As(Verdict.LookAlike, DuplicateRules.BetterCopy, $"A copy of {other}, but it shows {QualityOrder.WhatItAdds(match)}.")
                : As(Verdict.Copy, pair.Evidence.Rule, SameSentence(match, isOverlay));
        }

        return match.Finding switch
        {
            OriginalFinding.Overlay => As(
                Verdict.LookAlike,
                DuplicateRules.Overlay,
                "The same picture except for a mark on one of them: a watermark, logo, caption or sticker."
            ),
            OriginalFinding.Differs => As(
                Verdict.LookAlike,
                DuplicateRules.DetailsDiffer,
                $"{Where(match)} in {Places(match.Detail!.DifferenceCount)}."
            ),
            OriginalFinding.FramesDiffer => As(
                Verdict.LookAlike,
                DuplicateRules.FramesDiffer,
                $"One has {Frames(match.FramesA)}, the other {Frames(match.FramesB)}."
            ),
            OriginalFinding.CameraRaw => As(
                Verdict.LookAlike,
                DuplicateRules.CameraRaw,
                "One of the two is a camera raw, whose preview does not show everything in it."
            ),
            OriginalFinding.TextDiffers => As(
                Verdict.LookAlike,
                DuplicateRules.DetailsDiffer,
                "Alike, but the text of the two documents differs."
            ),
            OriginalFinding.NotDrawn => As(
                Verdict.LookAlike,
                DuplicateRules.NotDrawn,
                $"Alike, but a part of one of the two documents is not drawn ({string.Join(", ", match.Missing)}), so it was not compared."
            ),
            OriginalFinding.Unreadable when match.FramesA > 1 => As(
                Verdict.LookAlike,
                DuplicateRules.OriginalUnreadable,
                "Alike, but not all frames or pages can be decoded, so they could not be compared."
            ),
            OriginalFinding.Unreadable => As(
                Verdict.LookAlike,
                DuplicateRules.OriginalUnreadable,
                $"Alike, but the originals could not be compared: {other} is gone, changed, archived or cannot be decoded."
            ),
            _ => As(Verdict.LookAlike, DuplicateRules.NotConfirmed, "Alike at a small size, but the two cannot be aligned in full detail."),
        };

        PairVerdict As(Verdict verdict, string rule, string sentence) =>
            pair with
            {
                Verdict = verdict,
                Evidence = pair.Evidence with
                {
                    Rule = rule,
                    Sentence = pair.Evidence.Turn is { } turn
                        ? $"Turned ({(turn.IsMirrored() ? "mirrored" : "rotated")}): {sentence}"
                        : sentence,
                    Differences = match.Detail?.Differences is { Count: > 0 } differences ? differences : null,
                },
            };
    }

    /// <summary>A pair whose originals were not compared, because others are more alike, or one of them decided.</summary>
    public static PairVerdict NotCompared(PairVerdict pair) =>
        pair with
        {
            Verdict = Verdict.LookAlike,
            IsOfSieve = false,
            Evidence = pair.Evidence with
            {
                Rule = DuplicateRules.NotConfirmed,
                Sentence = "Alike at a small size; the originals were not compared because others are more alike.",
            },
        };

    private static string SameSentence(OriginalMatch match, bool isOverlay) =>
        isOverlay
            ? "The same picture except for a mark on one of them (Duplicates:Overlays is accept)."
            : match.Detail switch
            {
                { BShowsMore: true } => "A part of the same picture: every detail agrees.",
                _ when match.FramesA > 1 => $"The same picture: every detail agrees in all {match.FramesA} frames or pages.",
                _ => "The same picture: every detail agrees.",
            };

    private static string Where(OriginalMatch match) =>
        match.FramesA > 1 ? $"Frame or page {match.Frame + 1} of {match.FramesA} differs" : "Differs";

    private static string Places(int count) =>
        count switch
        {
            < 1 => "its colours",
            1 => "one place",
            _ => $"{count} places",
        };

    private static string Frames(int count) => count == 1 ? "one picture" : $"{count} frames or pages";
}
