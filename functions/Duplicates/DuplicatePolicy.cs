using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Options;
using Serverless.Duplicates.Originals;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Storage;
using Serverless.Telemetry;

namespace Serverless.Duplicates;

/// <summary>One of two compared images.</summary>
internal sealed record Subject(string Sha256, ReadOnlyMemory<float> CopyVector, Fingerprint Fingerprint)
{
    /// <summary>Its turned vectors, if turned copies are searched.</summary>
    public IReadOnlyList<TurnedVector> Turned { get; init; } = [];

    public static Subject Of(ImageRecord record) => new(record.Sha256!, record.CopyVector, record.Fingerprint!) { Turned = record.Turned };
}

/// <summary>The verdict on a pair.</summary>
internal sealed record PairVerdict(Verdict Verdict, double Similarity, Evidence Evidence)
{
    /// <summary>Whether only the fingerprints have been compared so far, and call the two copies.</summary>
    public bool IsOfSieve { get; init; }

    /// <summary>Whether the two are the same picture, although one may show more than the other.</summary>
    public bool IsOnePicture => Verdict.IsDuplicate() || Evidence.Rule == DuplicateRules.BetterCopy;

    public PairVerdict In(ImageOrientation turn) =>
        turn == ImageOrientation.Upright
            ? this
            : this with
            {
                Evidence = Evidence with
                {
                    Turn = turn,
                    Sentence = $"Turned ({(turn.IsMirrored() ? "mirrored" : "rotated")}): {Evidence.Sentence}",
                },
            };
}

/// <summary>Decides whether one image is a copy of another. No I/O.</summary>
internal sealed class DuplicatePolicy(IOptions<DuplicateOptions> options, EmbeddingModel model)
{
    /// <summary>Cosine at which two images count as alike.</summary>
    public double Threshold => options.Value.Threshold ?? model.Thresholds.Duplicate;

    /// <summary>Cosine at which images are compared closely; never above the threshold.</summary>
    public double CandidateThreshold => Math.Min(options.Value.CandidateThreshold ?? model.Thresholds.CandidateSearch, Threshold);

    /// <summary>
    /// The sieve's verdict on two images, by their vectors and fingerprints; symmetric. A copy must still be confirmed by the originals
    /// (<see cref="Judge"/>).
    /// </summary>
    public PairVerdict Compare(Subject a, Subject b)
    {
        var upright = CompareUpright(a, b);
        return upright.Verdict.IsDuplicate()
            ? upright
            : CompareTurned(a, b)
                ?? (a.Turned.All(turned => turned.Turn == ImageOrientation.Upright) ? CompareTurned(b, a) : null)
                ?? upright;
    }

    /// <summary>
    /// The verdict for the best orientation of <paramref name="a"/> in which it is a copy of <paramref name="b"/>; null if there is none.
    /// </summary>
    private PairVerdict? CompareTurned(Subject a, Subject b) =>
        a
            .Turned.Where(turned => Cosine(turned.Vector.Span, b.CopyVector.Span) >= CandidateThreshold)
            .Select(turned =>
                CompareUpright(a with { CopyVector = turned.Vector, Fingerprint = a.Fingerprint.Turned(turned.Turn) }, b).In(turned.Turn)
            )
            .Where(pair => pair.Verdict.IsDuplicate())
            .MaxBy(pair => pair.Similarity);

    private PairVerdict CompareUpright(Subject a, Subject b)
    {
        // Before the vectors, which may be of different models: the same bytes are always the same picture.
        if (a.Sha256 == b.Sha256)
        {
            return Decide(Verdict.Exact, DuplicateRules.SameBytes, "The two files have the same bytes.", 1, default);
        }

        var similarity = Cosine(a.CopyVector.Span, b.CopyVector.Span);

        if (similarity < CandidateThreshold || (!options.Value.Confirm && similarity < Threshold))
        {
            return Decide(
                Verdict.New,
                DuplicateRules.BelowThreshold,
                $"The similarity of the vectors ({Show(similarity)}) is below the threshold ({Show(Threshold)}).",
                similarity,
                default
            );
        }

        if (!options.Value.Confirm)
        {
            return Decide(
                Verdict.Copy,
                DuplicateRules.VectorOnly,
                $"The vectors are alike ({Show(similarity)}); pixels are not compared (Duplicates:Confirm is false).",
                similarity,
                default
            );
        }

        return Confirm(a.Fingerprint, b.Fingerprint, similarity);
    }

    /// <summary>The verdict on a pair that the sieve calls a copy, based on the originals.</summary>
    /// <inheritdoc cref="OriginalRule.Of"/>
    public PairVerdict Judge(PairVerdict pair, OriginalMatch match, string other, bool givesWay = false) =>
        OriginalRule.Of(pair, match, options.Value.AcceptsOverlays, other, givesWay) with
        {
            IsOfSieve = false,
        };

    /// <summary>A pair that a person marked as not duplicates: reported as look-alikes.</summary>
    public static PairVerdict Remembered(PairVerdict pair) =>
        pair with
        {
            Verdict = Verdict.LookAlike,
            IsOfSieve = false,
            Evidence = pair.Evidence with { Rule = DuplicateRules.Remembered, Sentence = "A person marked these two as not duplicates." },
        };

    /// <summary>Two copies of which a person chose one to keep; they are not compared again.</summary>
    public static PairVerdict Chosen(PairVerdict pair) =>
        pair with
        {
            Verdict = pair.Verdict.IsDuplicate() ? pair.Verdict : Verdict.Copy,
            IsOfSieve = false,
            Evidence = pair.Evidence with { Rule = DuplicateRules.Chosen, Sentence = "A person chose which of these two copies to keep." },
        };

    /// <summary>The evidence for a copy that supersedes another: the better one, or the one that a person prefers.</summary>
    public static Evidence Better(PairVerdict pair, ImagePath other) =>
        pair.Evidence.Rule == DuplicateRules.Chosen
            ? pair.Evidence with
            {
                Sentence = $"A person chose to keep it instead of {other}.",
            }
            : pair.Evidence with
            {
                Rule = DuplicateRules.BetterCopy,
                Sentence = $"A better copy of {other}, which it supersedes. {pair.Evidence.Sentence}",
            };

    /// <summary>
    /// The evidence if nothing is alike; <paramref name="nearest"/> is the cosine of the nearest live image, if any.
    /// </summary>
    public Evidence NothingAlike(double? nearest) =>
        new(
            DuplicateRules.NothingAlike,
            nearest is { } cosine
                ? $"The similarity of the nearest live image ({Show(cosine)}) is below the threshold ({Show(Threshold)})."
                : "There is no similar live image.",
            nearest,
            Threshold,
            null,
            null,
            model.Name
        );

    private PairVerdict Confirm(Fingerprint a, Fingerprint b, double similarity)
    {
        using var step = Step.Confirm.Begin();
        var isAlike = similarity >= Threshold;
        var distance = BitOperations.PopCount(a.PerceptualHash ^ b.PerceptualHash);
        if (Math.Min(Texture(a), Texture(b)) < options.Value.MinTexture || a.Luma.Length != b.Luma.Length)
        {
            var why =
                a.Luma.Length == b.Luma.Length
                    ? "A picture without texture is never called a copy because of its looks."
                    : "One of the two was recorded by an earlier version, without the data for a comparison by pixels.";
            return Decide(
                isAlike ? Verdict.LookAlike : Verdict.New,
                isAlike ? DuplicateRules.Flat : DuplicateRules.BelowThreshold,
                why,
                similarity,
                new(distance, null, PixelVerdict.Flat)
            );
        }

        var alignment = ViewAlignment.Best(a, b, options.Value);
        var pixels = FingerprintRule.Of(alignment, options.Value);
        var (verdict, rule, sentence) = (pixels, isAlike) switch
        {
            (PixelVerdict.Same or PixelVerdict.Agree, true) => (
                Verdict.Copy,
                DuplicateRules.VectorAndPixels,
                $"The vectors are alike ({Show(similarity)}), and so are the fingerprints."
            ),
            (PixelVerdict.Same, false) => (
                Verdict.Copy,
                DuplicateRules.SamePixels,
                $"The similarity of the vectors ({Show(similarity)}) is below the threshold ({Show(Threshold)}), "
                    + "but the fingerprints are the same."
            ),
            (PixelVerdict.Agree, false) => (
                Verdict.New,
                DuplicateRules.BelowThreshold,
                $"The similarity of the vectors ({Show(similarity)}) is below the threshold ({Show(Threshold)}), although "
                    + "the fingerprints agree."
            ),
            (_, true) => (
                Verdict.LookAlike,
                DuplicateRules.NotConfirmed,
                $"The vectors are alike ({Show(similarity)}), but {Difference(alignment)}."
            ),
            _ => (
                Verdict.New,
                DuplicateRules.BelowThreshold,
                $"The similarity of the vectors ({Show(similarity)}) is below the threshold ({Show(Threshold)}), and "
                    + $"{Difference(alignment)}."
            ),
        };
        return Decide(verdict, rule, sentence, similarity, new(distance, alignment, pixels)) with { IsOfSieve = verdict == Verdict.Copy };
    }

    private static double Texture(Fingerprint fingerprint) => fingerprint.Views.Max(view => view.Texture);

    private static string Difference(Alignment alignment) =>
        FingerprintRule.HasMoved(alignment)
            ? $"{alignment.Moved:P0} of the content is displaced: two shots of a scene"
            : $"the fingerprints agree in only {Math.Min(alignment.Agreement, 1 - alignment.Changed):P0}";

    private PairVerdict Decide(Verdict verdict, string rule, string sentence, double similarity, PixelEvidence pixels) =>
        new(
            verdict,
            similarity,
            new Evidence(rule, sentence, similarity, Threshold, pixels.HashDistance, pixels.Alignment, model.Name, pixels.Verdict)
        );

    /// <summary>What the comparison of two fingerprints contributes to the evidence; nothing if they were not compared.</summary>
    private readonly record struct PixelEvidence(int? HashDistance, Alignment? Alignment, PixelVerdict? Verdict);

    /// <summary>Dot product of two unit vectors, clamped to [-1, 1].</summary>
    public static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        Math.Clamp(System.Numerics.Tensors.TensorPrimitives.Dot(a, b), -1f, 1f);

    private static string Show(double cosine) => cosine.ToString("0.000", CultureInfo.InvariantCulture);
}
