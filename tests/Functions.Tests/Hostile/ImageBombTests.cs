using Functions.Tests.Imaging;
using Functions.Tests.Imaging.Decoders;
using Shared;

namespace Functions.Tests.Hostile;

/// <summary>Bombs are taken or refused within little memory, each by decoders of its own: what one leaves, the next would hide.</summary>
[Long]
public sealed class ImageBombTests
{
    public static TheoryData<string> Names => [.. Bombs.All.Keys.Where(name => name != "scans-allowed.jpg")];

    /// <summary>100 megapixels in 8 bytes each is what one picture may take; a good one is still read afterwards.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_bomb_costs_no_more_than_the_limits_allow(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Peak memory is read from /proc.");
        using var decoders = new OwnDecoders();
        Assert.NotNull(decoders.Reader.Check(Pictures.Bytes("scene.heic")).Image);
        Assert.NotNull(decoders.Reader.Check(Pictures.Bytes("scene.jpg")).Image);
        var before = decoders.PeakMemory();
        var check = decoders.Reader.Check(Bombs.All[name]());
        Assert.NotEqual(check.Image is null, check.Reason is null);
        Assert.DoesNotContain("crashed", check.Reason ?? "", StringComparison.Ordinal);
        Assert.NotNull(decoders.Reader.Check(Pictures.Bytes("scene.png")).Image);
        var used = decoders.PeakMemory() - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {used} MiB, {check.Reason ?? "accepted"}");
        Assert.InRange(used, 0, 900);
        Assert.Empty(decoders.Pool.Watch.Running);
    }

    [Theory]
    [InlineData("directories.tif", "more than 5000 pages")]
    [InlineData("frames.png", "Limits:MaxAnimationPixels")]
    [InlineData("entries.ico", "more than 128 pictures")]
    [InlineData("previews.raf", "without a usable preview")]
    public void A_bomb_that_can_be_counted_is_refused_for_its_count(string name, string reason) =>
        Assert.Contains(reason, Pictures.Refused(Bombs.All[name]()), StringComparison.Ordinal);

    [Theory]
    [InlineData("pages.tif", "more than 5000 pages")]
    [InlineData("pages-in-a-circle.tif", "more than 5000 pages")]
    [InlineData("frames.gif", "more than 20000 frames")]
    [InlineData("scans.jpg", "more than 100 scans")]
    [InlineData("text-deflated.png", "inflate to more than 32 MiB")]
    [InlineData("text-international.png", "inflate to more than 32 MiB")]
    [InlineData("texts-deflated.png", "inflate to more than 32 MiB")]
    [InlineData("icc-profile.png", "inflate to more than 32 MiB")]
    [InlineData("text-many.png", "more than 2000 chunks besides its pixels")]
    [InlineData("chunks.webp", "more than 2000 chunks besides its pixels")]
    public void A_bomb_that_can_be_counted_is_refused_for_its_count_by_no_decoder(string name, string reason)
    {
        using var decoders = new OwnDecoders();
        Assert.Contains(reason, decoders.Reader.Check(Bombs.All[name]()).Reason, StringComparison.Ordinal);
        Assert.Empty(decoders.Pool.Idle);
    }
}
