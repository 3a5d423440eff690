using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Review;
using Serverless.Storage;

namespace Functions.Tests.Review;

public sealed class WhatIfTests : IAsyncLifetime
{
    private ListedImages images = null!;

    public async ValueTask InitializeAsync()
    {
        images = await ListedImages.StartAsync();
        await images.AddAsync(ListedImages.Member("exact.jpg", "cat.jpg", 1, verdict: Verdict.Exact, pixels: null, rule: "sameBytes"));
        await images.AddAsync(ListedImages.Member("copy.jpg", "cat.jpg", 0.96));
        await images.AddAsync(ListedImages.Member("same.jpg", "cat.jpg", 0.85, pixels: PixelVerdict.Same));
        await images.AddAsync(
            ListedImages.Member(
                "burst.jpg",
                "cat.jpg",
                0.99,
                state: ImageState.Indexed,
                verdict: Verdict.LookAlike,
                pixels: PixelVerdict.Differ
            )
        );
        await images.AddAsync(
            ListedImages.Member("told.jpg", "cat.jpg", 0.98, state: ImageState.Indexed, verdict: Verdict.LookAlike, rule: "remembered")
        );
        await images.AddAsync(ListedImages.Near("near.jpg", "cat.jpg", 0.92, PixelVerdict.Agree));
        await images.AddAsync(ListedImages.Near("unlike.jpg", "cat.jpg", 0.91, PixelVerdict.Differ));
    }

    public ValueTask DisposeAsync() => images.DisposeAsync();

    [Fact]
    public async Task The_threshold_in_force_gives_what_is_so() =>
        await AssertAsync(0.95, new DuplicateOptions(), quarantined: 3, confirmed: 3, added: [], released: []);

    [Fact]
    public async Task A_lower_one_adds_what_the_pixels_confirm() =>
        await AssertAsync(0.9, new DuplicateOptions(), quarantined: 4, confirmed: 4, added: ["near.jpg"], released: []);

    [Fact]
    public async Task A_higher_one_releases_all_but_what_is_the_same() =>
        await AssertAsync(0.97, new DuplicateOptions(), quarantined: 2, confirmed: 2, added: [], released: ["copy.jpg"]);

    [Fact]
    public async Task Without_confirmation_the_scores_decide_but_not_over_a_person() =>
        await AssertAsync(
            0.9,
            new DuplicateOptions { Confirm = false },
            quarantined: 5,
            confirmed: 3,
            added: ["unlike.jpg", "near.jpg", "burst.jpg"],
            released: ["same.jpg"]
        );

    [Fact]
    public async Task The_histogram_holds_every_score_once()
    {
        var bars = (await images.WhatIf().AskAsync(0.95, 10, default)).Histogram;
        Assert.Equal(
            (3, 0, 2, 2, 4),
            (
                bars.Sum(bar => bar.Quarantined),
                bars.Sum(bar => bar.Copies),
                bars.Sum(bar => bar.LookAlikes),
                bars.Sum(bar => bar.Near),
                bars.Sum(bar => bar.ConfirmedByPixels)
            )
        );
        Assert.Equal(0.85, bars[0].From);
        Assert.Equal(1, bars[^1].From);
        Assert.Equal(1, Assert.Single(bars, bar => bar.From == 0.96).Quarantined);
    }

    private async Task AssertAsync(
        double threshold,
        DuplicateOptions options,
        int quarantined,
        int confirmed,
        string[] added,
        string[] released
    )
    {
        var result = await images.WhatIf(options).AskAsync(threshold, 10, default);
        Assert.Equal((7, quarantined, confirmed, 3), (result.Scored, result.Quarantined, result.ConfirmedByPixels, result.Today));
        Assert.Equal((added.Length, released.Length), (result.Added, result.Released));
        Assert.Equal(added.Select(IdOf), result.AddedExamples);
        Assert.Equal(released.Select(IdOf), result.ReleasedExamples);
    }

    private static string IdOf(string name) => new ImagePath("images", name).Id;
}
