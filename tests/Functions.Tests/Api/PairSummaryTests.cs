using Serverless.Api;
using Serverless.Features;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Labels;

namespace Functions.Tests.Api;

public sealed class PairSummaryTests
{
    private static readonly Alignment Whole = new(0.99, 0.99, 0, 0, 0, 0.1, 1, 1, 0, 0);

    [Fact]
    public void The_same_bytes_say_just_that() =>
        Assert.Equal(
            "Both files are the same, byte for byte.",
            Summary(Look(50), Look(50), Verdict.Exact, Evidence(DuplicateRules.SameBytes))
        );

    [Fact]
    public void A_copy_says_what_both_show_and_what_differs()
    {
        var b = Look(38, "dog", "grass") with { Width = 400, Height = 300 };
        var evidence = Evidence(DuplicateRules.VectorAndPixels) with
        {
            Turn = ImageOrientation.Mirrored,
            Pixels = PixelVerdict.Same,
            Alignment = Whole with { OffsetX = 0.1, ScaleX = 0.9 },
        };
        Assert.Equal(
            "Both show the same picture (dog and grass); one is mirrored, one shows less at the left, B is darker, "
                + "A has 800 × 600 pixels, B 400 × 300.",
            Summary(Look(50, "dog", "grass"), b, Verdict.Copy, evidence)
        );
    }

    [Fact]
    public void Two_pictures_of_one_thing_are_not_called_one_picture() =>
        Assert.Equal(
            "Two different pictures; both show: dog; nothing else is known to differ.",
            Summary(Look(50, "dog"), Look(53, "dog"), Verdict.New, Evidence(DuplicateRules.BelowThreshold))
        );

    [Fact]
    public void Where_labels_differ_it_says_which_is_which() =>
        Assert.Equal(
            "The two look alike, but are not proven to be one picture; A shows dog, B cat, they differ in 2 places.",
            Summary(
                Look(50, "dog"),
                Look(50, "cat"),
                Verdict.LookAlike,
                Evidence(DuplicateRules.DetailsDiffer) with
                {
                    Differences = [new(0, 0, 1, 1, 0, 0, 1, 1), new(0, 0, 1, 1, 0, 0, 1, 1)],
                }
            )
        );

    [Fact]
    public void An_alignment_of_pictures_that_are_not_one_says_nothing() =>
        Assert.Equal(
            "Two different pictures; nothing else is known to differ.",
            Summary(
                Look(50) with
                {
                    Visual = null,
                },
                Look(20),
                Verdict.New,
                Evidence(DuplicateRules.BelowThreshold) with
                {
                    Pixels = PixelVerdict.Differ,
                    Alignment = Whole with { OffsetX = 0.3, ScaleX = 0.5 },
                }
            )
        );

    private static string Summary(PictureLook a, PictureLook b, Verdict verdict, Evidence evidence) =>
        PairSummary.Of(PairFacts.Of(a, b, verdict, evidence));

    private static Evidence Evidence(string rule) => new(rule, "", 0.9, 0.8, null, null, "test");

    private static PictureLook Look(int brightness, params string[] objects) =>
        new(
            800,
            600,
            new VisualFeatures
            {
                Palette = [],
                Foreground = ColourName.Gray,
                Background = ColourName.Gray,
                Brightness = brightness,
                Chroma = 20,
                IsBlackAndWhite = false,
                IsTransparent = false,
                IsIsolated = false,
                CopySpace = default,
                Subject = null,
                Symmetry = 0,
                Sharpness = 50,
                Noise = 0,
            },
            new PictureLabels(null, [.. objects.Select(name => new FoundLabel(name, 0.9))])
        );
}
