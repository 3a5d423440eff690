using Serverless.Duplicates;
using Serverless.Duplicates.Originals;
using Serverless.Duplicates.PixelMatching;
using Serverless.Images;

namespace Functions.Tests.Duplicates;

public sealed class OriginalRuleTests
{
    private static readonly PairVerdict Sieve = new(
        Verdict.Copy,
        0.99,
        new Evidence("vectorAndPixels", "Alike at a small size.", 0.99, 0.9, 0, null, "test", PixelVerdict.Same)
    )
    {
        IsOfSieve = true,
    };

    [Fact]
    public void The_same_in_every_detail_is_a_copy()
    {
        var pair = Judge(Match(DetailVerdict.Same));
        Assert.Equal(
            (Verdict.Copy, "vectorAndPixels", "The same picture: every detail agrees."),
            (pair.Verdict, pair.Evidence.Rule, pair.Evidence.Sentence)
        );
        Assert.Null(pair.Evidence.Differences);
    }

    [Theory]
    [InlineData(1, "Differs in one place."), InlineData(3, "Differs in 3 places."), InlineData(0, "Differs in its colours.")]
    public void A_difference_is_counted_and_its_places_are_named(int places, string sentence)
    {
        var pair = Judge(Match(DetailVerdict.Differs, places));
        Assert.Equal((Verdict.LookAlike, "detailsDiffer", sentence), (pair.Verdict, pair.Evidence.Rule, pair.Evidence.Sentence));
        Assert.Equal(places, pair.Evidence.Differences?.Count ?? 0);
    }

    [Fact]
    public void A_difference_in_a_later_frame_says_in_which() =>
        Assert.Equal(
            "Frame or page 3 of 4 differs in one place.",
            Judge(Match(DetailVerdict.Differs, 1) with { Frame = 2, FramesA = 4, FramesB = 4 }).Evidence.Sentence
        );

    [Fact]
    public void A_mark_on_one_of_the_two_is_a_look_alike_unless_marks_are_accepted()
    {
        var match = Match(DetailVerdict.Overlay, 1);
        Assert.Equal((Verdict.LookAlike, "overlay"), (Judge(match).Verdict, Judge(match).Evidence.Rule));
        var accepted = OriginalRule.Of(Sieve, match, acceptsOverlays: true, "images/a.jpg");
        Assert.Equal(Verdict.Copy, accepted.Verdict);
        Assert.Single(accepted.Evidence.Differences!);
    }

    [Theory]
    [InlineData(true, false, "A copy of images/a.jpg, but it shows finer detail.")]
    [InlineData(false, true, "A copy of images/a.jpg, but it shows more of the scene.")]
    [InlineData(true, true, "A copy of images/a.jpg, but it shows finer detail and more of the scene.")]
    public void What_shows_more_than_the_other_is_not_moved_because_of_it(bool isFiner, bool showsMore, string sentence)
    {
        var match = Match(DetailVerdict.Same, isFiner: isFiner, showsMore: showsMore);
        var pair = Judge(match);
        Assert.Equal((Verdict.LookAlike, "betterCopy", sentence), (pair.Verdict, pair.Evidence.Rule, pair.Evidence.Sentence));
        Assert.True(pair.IsOnePicture);
        Assert.Equal(Verdict.Copy, Judge(match.Swapped()).Verdict);
        Assert.Equal(Verdict.Copy, OriginalRule.Of(Sieve, match, acceptsOverlays: false, "images/a.jpg", givesWay: true).Verdict);
    }

    [Theory]
    [InlineData(OriginalFinding.Unclear, "notConfirmed"), InlineData(OriginalFinding.FramesDiffer, "framesDiffer")]
    [InlineData(OriginalFinding.CameraRaw, "cameraRaw"), InlineData(OriginalFinding.Unreadable, "originalUnreadable")]
    [InlineData(OriginalFinding.NotDrawn, "notDrawn"), InlineData(OriginalFinding.TextDiffers, "detailsDiffer")]
    internal void In_doubt_nothing_is_moved(OriginalFinding finding, string rule)
    {
        foreach (var acceptsOverlays in new[] { true, false })
        {
            var pair = OriginalRule.Of(Sieve, new OriginalMatch(finding, FramesA: 12, FramesB: 1), acceptsOverlays, "images/a.jpg");
            Assert.Equal((Verdict.LookAlike, rule), (pair.Verdict, pair.Evidence.Rule));
            Assert.False(pair.IsOnePicture);
        }
    }

    private static PairVerdict Judge(OriginalMatch match) => OriginalRule.Of(Sieve, match, acceptsOverlays: false, "images/a.jpg");

    private static OriginalMatch Match(DetailVerdict verdict, int places = 0, bool isFiner = false, bool showsMore = false) =>
        new(
            verdict switch
            {
                DetailVerdict.Same => OriginalFinding.Same,
                DetailVerdict.Overlay => OriginalFinding.Overlay,
                _ => OriginalFinding.Differs,
            },
            new DetailMatch(
                verdict,
                [.. Enumerable.Repeat(new DetailDifference(0.1, 0.1, 0.1, 0.1, 0.2, 0.2, 0.1, 0.1), places)],
                places,
                SharedArea.Whole,
                SharedArea.Whole,
                (isFiner ? Advantages.FinerDetail : 0) | (showsMore ? Advantages.MoreOfTheScene : 0),
                Advantages.None
            ),
            0,
            1,
            1
        );
}
