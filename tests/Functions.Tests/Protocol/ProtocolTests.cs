namespace Functions.Tests.Protocol;

/// <summary>
/// The announce-then-check protocol in every order of steps: workers that read and write at any moment, crash and begin again,
/// messages that come twice, an index that shows nothing for as long as it likes, people who replace and delete meanwhile.
/// </summary>
public sealed class ProtocolTests
{
    [Theory]
    [InlineData("u0u1", 0, 0, 0)]
    [InlineData("u0u1", 1, 0, 0)]
    [InlineData("u0u1", 0, 1, 0)]
    public void Of_images_that_match_never_more_than_one_is_live_and_one_stays(string script, int crashes, int repeats, int impatience) =>
        AssertHolds(Explore(script, Mutation.None, isOnlyOneLiveAlways: true, crashes, repeats, impatience));

    [Theory]
    [InlineData("u0u1", 0, 1)] // a worker waits no longer, and the second look repairs what it did
    [InlineData("u0u1u0", 0, 0)]
    [InlineData("u0u1u1", 0, 0)]
    [InlineData("u0u1d0", 0, 0)]
    [InlineData("u0u1d1", 0, 0)]
    [InlineData("u0d0u0", 1, 0)]
    public void Replacing_deleting_and_crashing_lose_nothing_and_end_with_one(string script, int crashes, int impatience) =>
        AssertHolds(Explore(script, Mutation.None, isOnlyOneLiveAlways: false, crashes, 0, impatience));

    [Theory]
    [InlineData(nameof(Mutation.NoAnnouncements), "u0u1", 0, "Two images of a group are live.")]
    [InlineData(nameof(Mutation.ClockInsteadOfLog), "u0u1", 0, "Two images of a group are live.")]
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
