namespace Functions.Tests.Protocol;

/// <summary>
/// The announce-then-check protocol in every order of steps: two workers that read and write at any moment, and an index that
/// shows nothing for as long as it likes. Without one of its parts, the explorer finds the order in which it fails.
/// </summary>
public sealed class ProtocolTests
{
    [Fact]
    public void Of_images_that_match_never_more_than_one_is_live_and_one_stays() =>
        AssertHolds(Explore("u0u1", Mutation.None, isOnlyOneLiveAlways: true, 0, 0, 0));

    [Fact]
    public void A_worker_that_waits_no_longer_is_put_right_by_the_second_look() =>
        AssertHolds(Explore("u0u1", Mutation.None, isOnlyOneLiveAlways: false, 0, 0, impatience: 1));

    [Theory]
    [InlineData(nameof(Mutation.NoAnnouncements), "u0u1", 0, "Two images of a group are live.")]
    [InlineData(nameof(Mutation.ClockInsteadOfLog), "u0u1", 0, "Two images of a group are live.")]
    [InlineData(nameof(Mutation.IndexBeforeLog), "u0u1", 0, "Two images of a group are live.")]
    [InlineData(nameof(Mutation.UnconditionalDelete), "u0u1u1", 0, "is nowhere.")]
    [InlineData(nameof(Mutation.NoLookBeforeDelete), "u0u1d0", 0, "though what it duplicates is not live.")]
    [InlineData(nameof(Mutation.NoRenewal), "u0u1d0", 0, "is nowhere.")]
    [InlineData(nameof(Mutation.NoSecondLook), "u0u1", 1, "Two images of a group stay.")]
    public void A_protocol_without_one_of_its_parts_is_caught(string mutation, string script, int impatience, string fault)
    {
        var found = Explore(script, Enum.Parse<Mutation>(mutation), isOnlyOneLiveAlways: impatience == 0 && !script.Contains('d', StringComparison.Ordinal) && script.Length == 4, 0, 0, impatience);
        Assert.Contains(fault, found.Fault ?? "nothing", StringComparison.Ordinal);
        Assert.NotEmpty(found.Way);
    }

    private static Exploration Explore(string script, Mutation mutation, bool isOnlyOneLiveAlways, int crashes, int repeats, int impatience)
    {
        var images = script.Where(char.IsAsciiDigit).Distinct().Count();
        var start = new ModelState(images, workers: 2) { Script = script, Crashes = crashes, Repeats = repeats, Impatience = impatience };
        var found = Explorer.Run(start, new Protocol(mutation, isOnlyOneLiveAlways, mayStayTwice: crashes > 0));
        TestContext.Current.TestOutputHelper?.WriteLine($"{script} {mutation} crashes {crashes} repeats {repeats} impatience {impatience}: {found}");
        return found;
    }

    private static void AssertHolds(Exploration found) => Assert.True(found.Fault is null, found.ToString());
}
