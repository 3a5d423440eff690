using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;

namespace Functions.Tests.Duplicates;

public sealed class DuplicatePolicyTests
{
    private static readonly EmbeddingModel Model = new("test", "r1", "onnx", 2, null, new ModelThresholds(0.9, 0.8));

    [Fact]
    public void The_same_bytes_are_exact_whatever_the_vectors_say() =>
        Assert.Equal(Verdict.Exact, Policy().Compare(Subject("a", 0), Subject("a", 90)).Verdict);

    [Theory]
    [InlineData(0.799, "belowThreshold", Verdict.New)]
    [InlineData(0.801, "samePixels", Verdict.Copy)]
    [InlineData(0.899, "samePixels", Verdict.Copy)]
    [InlineData(0.901, "vectorAndPixels", Verdict.Copy)]
    public void Between_the_two_thresholds_of_the_model_only_the_same_pixels_make_a_copy(double cosine, string rule, Verdict expected)
    {
        var pair = Policy().Compare(Subject("a", 0), SubjectAt("b", cosine));
        Assert.Equal((expected, rule), (pair.Verdict, pair.Evidence.Rule));
    }

    [Fact]
    public void Below_the_threshold_pixels_that_merely_agree_are_not_enough()
    {
        var marked = Picture(LumaPictures.Marked(LumaPictures.Scene(1), 92, 108, 20, 12));
        Assert.Equal(Verdict.Copy, Policy().Compare(Subject("a", 0), SubjectAt("b", 0.95) with { Fingerprint = marked }).Verdict);
        var pair = Policy().Compare(Subject("a", 0), SubjectAt("b", 0.85) with { Fingerprint = marked });
        Assert.Equal((Verdict.New, PixelVerdict.Agree), (pair.Verdict, pair.Evidence.Pixels));
    }

    [Fact]
    public void Without_confirmation_nothing_below_the_threshold_is_a_copy() =>
        Assert.Equal(Verdict.New, Policy(new DuplicateOptions { Confirm = false }).Compare(Subject("a", 0), SubjectAt("b", 0.85)).Verdict);

    [Fact]
    public void A_threshold_in_the_settings_wins_over_that_of_the_model()
    {
        var policy = Policy(new DuplicateOptions { Threshold = 0.5 });
        var pair = policy.Compare(Subject("a", 0), SubjectAt("b", 0.6));
        Assert.Equal(Verdict.Copy, pair.Verdict);
        Assert.Equal(0.5, pair.Evidence.Threshold);
    }

    [Fact]
    public void Alike_by_vector_and_different_in_pixels_is_a_look_alike()
    {
        var pair = Policy().Compare(Subject("a", 0), Subject("b", 0) with { Fingerprint = Picture(seed: 2) });
        Assert.Equal(Verdict.LookAlike, pair.Verdict);
        Assert.Equal("notConfirmed", pair.Evidence.Rule);
        Assert.NotNull(pair.Evidence.Alignment);
    }

    [Fact]
    public void Without_confirmation_the_vectors_decide()
    {
        var policy = Policy(new DuplicateOptions { Confirm = false });
        Assert.Equal(Verdict.Copy, policy.Compare(Subject("a", 0), Subject("b", 0) with { Fingerprint = Picture(seed: 2) }).Verdict);
    }

    [Fact]
    public void A_flat_picture_is_never_a_copy_by_its_looks()
    {
        var flat = new Fingerprint(0, new byte[Fingerprint.Side * Fingerprint.Side], 0);
        var pair = Policy().Compare(Subject("a", 0) with { Fingerprint = flat }, Subject("b", 0) with { Fingerprint = flat });
        Assert.Equal(Verdict.LookAlike, pair.Verdict);
        Assert.Equal("flat", pair.Evidence.Rule);
    }

    [Fact]
    public void The_verdict_is_the_same_in_both_orders()
    {
        var a = Subject("a", 0);
        var b = Subject("b", 5) with { Fingerprint = Picture(seed: 3) };
        var (forward, backward) = (Policy().Compare(a, b), Policy().Compare(b, a));
        Assert.Equal(forward.Verdict, backward.Verdict);
        Assert.Equal(forward.Similarity, backward.Similarity);
        Assert.Equal(forward.Evidence.Alignment, backward.Evidence.Alignment);
    }

    private static DuplicatePolicy Policy(DuplicateOptions? options = null) =>
        new(Options.Create(options ?? new DuplicateOptions()), Model);

    private static Subject SubjectAt(string sha256, double cosine) => Subject(sha256, Math.Acos(cosine) * 180 / Math.PI);

    private static Subject Subject(string sha256, double degrees)
    {
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        return new Subject(sha256, new[] { (float)cosine, (float)sine }, Picture(seed: 1));
    }

    private static Fingerprint Picture(int seed) => Picture(LumaPictures.Scene(seed));

    private static Fingerprint Picture(byte[] luma) => new(1, luma, 60);
}
