using Serverless.Duplicates;

namespace Functions.Tests.Duplicates;

/// <summary>What is computed eight points at a time is what the plain version computes, but for the rounding of float32.</summary>
public sealed class KernelTests
{
    public static TheoryData<int, int> SeedsAndSides =>
        new(from seed in Enumerable.Range(1, 5) from side in new[] { 16, 32, 64, 128 } select (seed, side));

    [Theory]
    [MemberData(nameof(SeedsAndSides))]
    public void A_part_is_read_to_a_hundredth_of_a_luma_step(int seed, int side)
    {
        var picture = Level(seed, side);
        var random = new Random(seed);
        var placement = new Placement(
            0.72 + (random.NextDouble() * 0.34),
            0.72 + (random.NextDouble() * 0.34),
            (random.NextDouble() * 0.3) - 0.03,
            (random.NextDouble() * 0.3) - 0.03
        );
        var sample = new float[side * side];
        placement.Sample(picture, side, sample);
        AssertNear(PlainKernels.Sample(picture, side, placement.ScaleX, placement.ScaleY, placement.X, placement.Y), sample, 0.01);
    }

    [Theory]
    [MemberData(nameof(SeedsAndSides))]
    public void The_whole_is_read_as_it_is(int seed, int side)
    {
        var picture = Level(seed, side);
        var sample = new float[side * side];
        Placement.Whole.Sample(picture, side, sample);
        Assert.Equal(picture, sample);
    }

    [Theory]
    [MemberData(nameof(SeedsAndSides))]
    public void A_step_of_registration_sums_to_a_ten_thousandth_of_what_it_sums(int seed, int side)
    {
        var (sample, target) = (Level(seed, side), Level(seed + 1, side));
        var normal = new double[NormalEquations.Size];
        NormalEquations.Accumulate(sample, target, side, 0.9, 7, normal);
        var plain = PlainKernels.NormalEquations(sample, target, side, 0.9, 7);

        // Sums of terms of both signs are small beside their terms: the bound is Cauchy's and Schwarz's.
        for (var at = 0; at < plain.Length; at++)
        {
            var (row, column) = (at / NormalEquations.Width, at % NormalEquations.Width);
            var size =
                column == NormalEquations.Unknowns
                    ? Math.Sqrt(plain[row * (NormalEquations.Width + 1)] * side * side) * 255
                    : Math.Sqrt(plain[row * (NormalEquations.Width + 1)] * plain[column * (NormalEquations.Width + 1)]);
            Assert.Equal(plain[at], normal[at], size * 1e-4);
        }
    }

    [Fact]
    public void A_picture_is_smoothed_and_halved_to_a_hundredth_of_a_luma_step()
    {
        var luma = LumaPictures.Noisy(LumaPictures.Scene(6), 6, 40);
        var picture = new LumaPicture(luma);
        var plain = PlainKernels.Smooth(luma, 128);
        AssertNear(plain, picture.At(128).ToArray(), 0.01);
        AssertNear(
            [
                .. Enumerable
                    .Range(0, 64 * 64)
                    .Select(at => (2 * (at / 64) * 128) + (2 * (at % 64)))
                    .Select(at => (plain[at] + plain[at + 1] + plain[at + 128] + plain[at + 129]) / 4),
            ],
            picture.At(64).ToArray(),
            0.01
        );
    }

    [Fact]
    public void A_tone_curve_is_followed_as_it_is_at_the_nearest_sixteenth_of_a_luma_step()
    {
        var random = new Random(4);
        float[] levels = [.. Enumerable.Range(0, ToneCurve.Size).Select(_ => random.NextSingle() * 255).Order()];
        float[] values = [.. Enumerable.Range(0, 4096).Select(_ => random.NextSingle() * 255)];
        var toned = new float[values.Length];
        new ToneCurve(levels).Apply(values, toned);
        AssertNear([.. values.Select(value => PlainKernels.Tone(levels, MathF.Round(value * 16) / 16))], toned, 0.01);
    }

    [Fact]
    public void A_line_and_a_block_have_the_moments_of_their_points()
    {
        var (a, b) = (Level(3, 128), Level(8, 128));
        var block = Block.Of(a, b, (20 * 128) + 36, 128);
        var points = (from y in Enumerable.Range(20, 8) from x in Enumerable.Range(36, 8) select (y * 128) + x).ToList();
        var (meanA, meanB) = (points.Average(at => a[at]), points.Average(at => b[at]));
        Assert.Equal(meanA, block.MeanA, 1e-3);
        Assert.Equal(meanB, block.MeanB, 1e-3);
        Assert.Equal(points.Average(at => Math.Pow(a[at] - meanA, 2)), block.VarianceA, 1e-2);
        Assert.Equal(points.Average(at => Math.Pow(b[at] - meanB, 2)), block.VarianceB, 1e-2);
        Assert.Equal(points.Average(at => (a[at] - meanA) * (b[at] - meanB)), block.Covariance, 1e-2);
        Assert.Equal(points.Average(at => Math.Pow(a[at] - b[at], 2)), block.Difference, 1e-1);

        var line = LinearFit.Of(a, [.. a.Select(value => (0.8f * value) + 12)]);
        Assert.Equal(0.8, line.Gain, 1e-4);
        Assert.Equal(12, line.Offset, 1e-2);
        Assert.Equal(1, line.Correlation, 1e-5);
    }

    private static float[] Level(int seed, int side) => new LumaPicture(LumaPictures.Scene(seed)).At(side).ToArray();

    private static void AssertNear(float[] expected, float[] actual, double tolerance) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
}
