using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Imaging;

namespace Functions.Tests.Duplicates;

public sealed class DuplicatePolicyTests
{
    private static readonly EmbeddingModel Model = new("test", "r1", "onnx", 2, null, new ModelThresholds(0.9, 0.8));

    [Fact]
    public void The_same_bytes_are_exact_whatever_the_vectors_say() =>
        Assert.Equal(Verdict.Exact, Policy().Compare(Subject("a", 0), Subject("a", 90)).Verdict);

    [Theory]
    [InlineData(0.899, Verdict.New)]
    [InlineData(0.901, Verdict.Copy)]
    public void Alike_begins_at_the_threshold_of_the_model(double cosine, Verdict expected) =>
        Assert.Equal(expected, Policy().Compare(Subject("a", 0), SubjectAt("b", cosine)).Verdict);

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
        var flat = new Fingerprint(0, new byte[64 * 64], 0);
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

    private static DuplicatePolicy Policy(DuplicateOptions? options = null) => new(Options.Create(options ?? new DuplicateOptions()), Model);

    private static Subject SubjectAt(string sha256, double cosine) => Subject(sha256, Math.Acos(cosine) * 180 / Math.PI);

    private static Subject Subject(string sha256, double degrees)
    {
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        return new Subject(sha256, new[] { (float)cosine, (float)sine }, Picture(seed: 1));
    }

    private static Fingerprint Picture(int seed)
    {
        var luma = LumaPictures.Scene(seed);
        return new Fingerprint((ulong)seed * 0x9E3779B97F4A7C15, luma, 60);
    }
}
