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

/// <summary>One of two images that are compared.</summary>
internal sealed record Subject(string Sha256, ReadOnlyMemory<float> CopyVector, Fingerprint Fingerprint)
{
    /// <summary>Its vectors when turned, where turned copies are looked for.</summary>
    public IReadOnlyList<TurnedVector> Turned { get; init; } = [];
}

/// <summary>The verdict on a pair.</summary>
internal sealed record PairVerdict(Verdict Verdict, double Similarity, Evidence Evidence)
{
    /// <summary>Whether only small pictures have been compared so far, and say that the two are copies.</summary>
    public bool IsOfSieve { get; init; }

    /// <summary>Whether the two are one picture, though the one may show more than the other.</summary>
    public bool IsOnePicture => Verdict.IsDuplicate() || Evidence.Rule == DuplicateRules.BetterCopy;

    public PairVerdict In(Turn turn) =>
        turn == Turn.Upright
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
    /// <summary>Cosine from which on two images are alike.</summary>
    public double Threshold => options.Value.Threshold ?? model.Thresholds.Duplicate;

    /// <summary>Cosine from which on an image is looked at closely; never above the threshold.</summary>
    public double CandidateThreshold => Math.Min(options.Value.CandidateThreshold ?? model.Thresholds.CandidateSearch, Threshold);

    /// <summary>
    /// The verdict of the sieve on two images, symmetric: by their vectors and small pictures. What it calls a copy is one only
    /// if the originals say so too (<see cref="Judge"/>).
    /// </summary>
    public PairVerdict Compare(Subject a, Subject b)
    {
        var upright = CompareUpright(a, b);
        return upright.Verdict.IsDuplicate()
            ? upright
            : CompareTurned(a, b) ?? (a.Turned.All(turned => turned.Turn == Turn.Upright) ? CompareTurned(b, a) : null) ?? upright;
    }

    /// <summary>
    /// The copy that <paramref name="a"/> is of <paramref name="b"/> in the best way to turn it; null where it is none in any way.
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
        // Before the vectors, which may be of two models: the same bytes are the same picture all the same.
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
                $"The vectors are less alike ({Show(similarity)}) than the threshold ({Show(Threshold)}).",
                similarity,
                default
            );
        }

        if (!options.Value.Confirm)
        {
            return Decide(
                Verdict.Copy,
                DuplicateRules.VectorOnly,
                $"The vectors are alike ({Show(similarity)}); pixels are not asked (Duplicates:Confirm is false).",
                similarity,
                default
            );
        }

        return Confirm(a.Fingerprint, b.Fingerprint, similarity);
    }

    /// <summary>The verdict on a pair that the sieve calls a copy, from what the originals say.</summary>
    /// <inheritdoc cref="OriginalRule.Of"/>
    public PairVerdict Judge(PairVerdict pair, OriginalMatch match, string other, bool givesWay = false) =>
        OriginalRule.Of(pair, match, options.Value.AcceptsOverlays, other, givesWay) with
        {
            IsOfSieve = false,
        };

    /// <summary>A pair that a person said is none of duplicates: it resembles, and no more.</summary>
    public static PairVerdict Remembered(PairVerdict pair) =>
        pair with
        {
            Verdict = Verdict.LookAlike,
            IsOfSieve = false,
            Evidence = pair.Evidence with
            {
                Rule = DuplicateRules.Remembered,
                Sentence = "A person said that these two are not duplicates.",
            },
        };

    /// <summary>The evidence of the better one of two copies, before which the other gives way.</summary>
    public static Evidence Better(PairVerdict pair, ImagePath poorer) =>
        pair.Evidence with
        {
            Rule = DuplicateRules.BetterCopy,
            Sentence = $"The better copy of {poorer}, which gives way. {pair.Evidence.Sentence}",
        };

    /// <summary>
    /// The evidence where nothing is alike; <paramref name="nearest"/> is the cosine of the nearest live image, if there is any.
    /// </summary>
    public Evidence NothingAlike(double? nearest) =>
        new(
            DuplicateRules.NothingAlike,
            nearest is { } cosine
                ? $"The nearest live image is less alike ({Show(cosine)}) than the threshold ({Show(Threshold)})."
                : "No live image is alike.",
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
                    ? "A picture without texture is never called a copy by its looks."
                    : "One of the two was recorded by an earlier version, without what the comparison of pixels needs.";
            return Decide(
                isAlike ? Verdict.LookAlike : Verdict.New,
                isAlike ? DuplicateRules.Flat : DuplicateRules.BelowThreshold,
                why,
                similarity,
                new(distance, null, PixelVerdict.Flat)
            );
        }

        var alignment = ViewAlignment.Best(a, b, options.Value);
        var pixels = PixelRule.Of(alignment, options.Value);
        var (verdict, rule, sentence) = (pixels, isAlike) switch
        {
            (PixelVerdict.Same or PixelVerdict.Agree, true) => (
                Verdict.Copy,
                DuplicateRules.VectorAndPixels,
                $"The vectors are alike ({Show(similarity)}) and so are the small pictures."
            ),
            (PixelVerdict.Same, false) => (
                Verdict.Copy,
                DuplicateRules.SamePixels,
                $"The vectors are less alike ({Show(similarity)}) than the threshold ({Show(Threshold)}), "
                    + "but the small pictures are the same."
            ),
            (PixelVerdict.Agree, false) => (
                Verdict.New,
                DuplicateRules.BelowThreshold,
                $"The vectors are less alike ({Show(similarity)}) than the threshold ({Show(Threshold)}), though the small pictures agree."
            ),
            (_, true) => (
                Verdict.LookAlike,
                DuplicateRules.NotConfirmed,
                $"The vectors are alike ({Show(similarity)}), but {Difference(alignment)}."
            ),
            _ => (
                Verdict.New,
                DuplicateRules.BelowThreshold,
                $"The vectors are less alike ({Show(similarity)}) than the threshold ({Show(Threshold)}), and {Difference(alignment)}."
            ),
        };
        return Decide(verdict, rule, sentence, similarity, new(distance, alignment, pixels)) with { IsOfSieve = verdict == Verdict.Copy };
    }

    private static double Texture(Fingerprint fingerprint) => fingerprint.Views.Max(view => view.Texture);

    private static string Difference(Alignment alignment) =>
        PixelRule.HasMoved(alignment)
            ? $"{alignment.Moved:P0} of what they show lies at another place: two shots of a scene"
            : $"the small pictures agree in only {Math.Min(alignment.Agreement, 1 - alignment.Changed):P0}";

    private PairVerdict Decide(Verdict verdict, string rule, string sentence, double similarity, PixelEvidence pixels) =>
        new(
            verdict,
            similarity,
            new Evidence(rule, sentence, similarity, Threshold, pixels.HashDistance, pixels.Alignment, model.Name, pixels.Verdict)
        );

    /// <summary>What the comparison of two fingerprints contributes to the evidence; nothing if they were not compared.</summary>
    private readonly record struct PixelEvidence(int? HashDistance, Alignment? Alignment, PixelVerdict? Verdict);

    /// <summary>Dot product of two unit vectors, kept in [-1, 1].</summary>
    public static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        Math.Clamp(System.Numerics.Tensors.TensorPrimitives.Dot(a, b), -1f, 1f);

    private static string Show(double cosine) => cosine.ToString("0.000", CultureInfo.InvariantCulture);
}
