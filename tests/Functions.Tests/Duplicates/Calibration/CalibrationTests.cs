using Local.Calibration;
using Serverless.Images;
using Figures = Local.Calibration.PrecisionRecall;

namespace Functions.Tests.Duplicates.Calibration;

public sealed class CalibrationTests
{
    [Theory]
    [InlineData(0, 38411, 0, 0.0001)]
    [InlineData(5, 10, 0.2366, 0.7634)]
    [InlineData(10, 10, 0.7225, 1)]
    public void Intervals_are_those_of_Wilson(long count, long of, double low, double high)
    {
        var share = new Proportion(count, of);
        Assert.Equal(low, share.Low, 4);
        Assert.Equal(high, share.High, 4);
    }

    [Fact]
    public void The_pairs_needed_are_the_fewest_that_show_a_rate()
    {
        var needed = Proportion.NeededFor(0.001);
        Assert.True(new Proportion(0, needed).High <= 0.001);
        Assert.True(new Proportion(0, needed - 1).High > 0.001);
    }

    [Fact]
    public void Confirmed_by_pixels_the_strictest_threshold_that_costs_no_recall_is_recommended()
    {
        var pairs = Copies(0.90, 0.99, 1000, PixelVerdict.Agree).Concat(Others(0.2, 0.97, 50_000, PixelVerdict.Differ)).ToList();
        var recommended = new Figures(pairs).Recommend(0.0001, confirm: true);
        Assert.Equal(0.9, recommended.Threshold);
        Assert.True(recommended.IsShown);
    }

    [Fact]
    public void Without_confirmation_the_lowest_threshold_that_keeps_the_wanted_rate_is_recommended()
    {
        var pairs = Copies(0.90, 0.99, 1000, PixelVerdict.Agree).Concat(Others(0.2, 0.932, 50_000, PixelVerdict.Differ)).ToList();
        var recommended = new Figures(pairs).Recommend(0.0001, confirm: false);
        Assert.Equal(0.935, recommended.Threshold);
        var figures = new Figures(pairs).At(0.95);
        Assert.Equal((0, 1000, 0), (figures.Wrong.Count, figures.Recall.Of, figures.WrongByVectors.Count));
        Assert.InRange(figures.RecallByVectors.Value, 0.44, 0.45);
    }

    [Fact]
    public void Candidates_are_looked_at_from_below_nearly_all_copies_but_not_among_more_than_a_twentieth_of_the_others()
    {
        Assert.Equal(
            0.9,
            new Figures([.. Copies(0.9, 0.99, 1000, PixelVerdict.Same), .. Others(0.2, 0.8, 1000, PixelVerdict.Differ)]).CandidateThreshold
        );
        Assert.Equal(
            0.77,
            new Figures([.. Copies(0.3, 0.99, 1000, PixelVerdict.Same), .. Others(0.2, 0.8, 1000, PixelVerdict.Differ)]).CandidateThreshold
        );
    }

    [Fact]
    public void A_copy_below_the_threshold_counts_where_its_pixels_are_the_same_and_it_is_a_candidate()
    {
        var figures = new Figures([.. Copies(0.6, 0.99, 1000, PixelVerdict.Same), .. Others(0.2, 0.5, 1000, PixelVerdict.Differ)]);
        Assert.InRange(figures.At(0.95).Recall.Value, 0.995, 1);
        Assert.InRange(figures.At(0.95).RecallByVectors.Value, 0.10, 0.11);
    }

    [Fact]
    public void A_sample_that_is_too_small_to_show_the_rate_says_so()
    {
        var pairs = Copies(0.9, 0.99, 100, PixelVerdict.Agree).Concat(Others(0.2, 0.8, 500, PixelVerdict.Differ)).ToList();
        Assert.False(new Figures(pairs).Recommend(0.0001, confirm: true).IsShown);
    }

    private static IEnumerable<ComparedPair> Copies(double from, double to, int count, PixelVerdict pixels) =>
        Spread(from, to, count, true, pixels);

    private static IEnumerable<ComparedPair> Others(double from, double to, int count, PixelVerdict pixels) =>
        Spread(from, to, count, false, pixels);

    private static IEnumerable<ComparedPair> Spread(double from, double to, int count, bool isCopy, PixelVerdict pixels) =>
        Enumerable.Range(0, count).Select(at => new ComparedPair("a", "b", isCopy, from + ((to - from) * at / (count - 1)), pixels));
}
