using System.Diagnostics;
using Functions.Tests.Imaging;

namespace Functions.Tests.Hostile;

/// <summary>Bombs are taken or refused within little memory, each in a process of its own kind: what one leaves, the next would hide.</summary>
public sealed class ImageBombTests
{
    public static TheoryData<string> Names => [.. Bombs.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bomb_costs_no_more_than_the_limits_allow(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Peak memory is read from /proc.");
        var (exitCode, notes, output) = await DecoderChild.RunAsync(typeof(ImageBombTests), nameof(Explode), ("BOMB", name));
        Assert.True(exitCode == 0, $"{name} ended the process ({exitCode}) after '{string.Join(", ", notes)}':\n{output}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {notes[^1]}");
        Assert.StartsWith("done", notes[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pages.tif", "more than 5000 pages")]
    [InlineData("pages-in-a-circle.tif", "more than 5000 pages")]
    [InlineData("directories.tif", "more than 5000 pages")]
    [InlineData("frames.gif", "Limits:MaxAnimationPixels")]
    [InlineData("frames.png", "Limits:MaxAnimationPixels")]
    [InlineData("entries.ico", "more than 128 pictures")]
    [InlineData("previews.raf", "without a preview")]
    public void A_bomb_that_can_be_counted_is_refused_for_its_count(string name, string reason) =>
        Assert.Contains(reason, Pictures.Refused(Bombs.All[name]()), StringComparison.Ordinal);

    /// <summary>100 megapixels in 8 bytes each is what one picture may take; a good one is still read afterwards.</summary>
    [Fact(Explicit = true)]
    public void Explode()
    {
        var name = Environment.GetEnvironmentVariable("BOMB")!;
        Pictures.Checked("scene.heic");
        Pictures.Checked("scene.jpg");
        var bytes = Bombs.All[name]();
        GC.Collect();
        DecoderChild.Note($"{bytes.Length} bytes");
        var (before, started) = (DecoderChild.PeakMemory(), Stopwatch.GetTimestamp());
        var check = Pictures.Reader.Check(bytes);
        var (used, time) = (DecoderChild.PeakMemory() - before, Stopwatch.GetElapsedTime(started));
        Assert.NotEqual(check.Image is null, check.Reason is null);
        Assert.InRange(used, 0, 900);
        Pictures.Checked("scene.png");
        DecoderChild.Note($"done: {used} MiB, {time.TotalMilliseconds:0} ms, {check.Reason ?? "accepted"}");
    }
}
