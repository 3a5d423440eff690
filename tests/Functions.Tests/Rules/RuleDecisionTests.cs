using Functions.Tests.Review;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Rules;

namespace Functions.Tests.Rules;

/// <summary>What a rule says of one group.</summary>
public sealed class RuleDecisionTests
{
    private static readonly Comparator Larger = new(ComparatorKind.Larger);
    private static readonly Comparator Older = new(ComparatorKind.Older);

    [Fact]
    public void The_larger_one_is_kept_instead()
    {
        var pair = Assert.Single(Decide(Rule(Larger), Kept(100), Member("b", 200)));
        Assert.Equal((Id("b"), ComparatorKind.Larger), (pair.WinnerId, pair.By));
        Assert.Equal([RuleMove.Swap], pair.Moves);
        Assert.Equal(0, pair.BytesFreed);
    }

    [Fact]
    public void What_is_kept_already_stays_so()
    {
        var pair = Assert.Single(Decide(Rule(Larger), Kept(200), Member("b", 100)));
        Assert.Equal((Id("a"), RuleObstacle.AlreadySo), (pair.WinnerId, pair.Obstacle));
        Assert.Empty(pair.Moves);
    }

    [Fact]
    public void A_tie_is_decided_by_the_next_comparator_and_a_tie_in_all_changes_nothing()
    {
        var older = Member("b", 100) with { UploadedAt = DateTimeOffset.UnixEpoch.AddDays(-1) };
        Assert.Equal(ComparatorKind.Older, Assert.Single(Decide(Rule(Larger, Older), Kept(100), older)).By);
        Assert.Equal(RuleObstacle.Undecided, Assert.Single(Decide(Rule(Larger), Kept(100), older)).Obstacle);
        var trash = Rule(Larger) with { Action = RuleAction.Trash };
        Assert.Equal(RuleObstacle.Undecided, Assert.Single(Decide(trash, Kept(100), older)).Obstacle);
        var kept = trash with { Keep = [Larger, new Comparator(ComparatorKind.Kept)] };
        Assert.Equal([RuleMove.Trash], Assert.Single(Decide(kept, Kept(100), older)).Moves);
    }

    [Fact]
    public void The_best_of_a_group_wins_and_comes_first()
    {
        var trash = Rule(Larger) with { Action = RuleAction.Trash };
        var pairs = Decide(trash, Kept(100), Member("b", 200), Member("c", 300), Member("d", 50));
        Assert.Equal([Id("c"), Id("b"), Id("d")], pairs.Select(pair => pair.Id));
        Assert.All(pairs, pair => Assert.Equal(Id("c"), pair.WinnerId));
        Assert.Equal([RuleMove.Swap, RuleMove.Trash], pairs[0].Moves);
        Assert.Equal((Id("a"), Id("b")), (pairs[0].LoserId, pairs[1].LoserId));
        Assert.Equal([RuleMove.Trash], pairs[1].Moves);
        Assert.Equal(3000, pairs.Sum(pair => pair.BytesFreed));
    }

    [Fact]
    public void Prefixes_win_in_their_order_and_before_everything_else()
    {
        var rule = Rule(new Comparator(ComparatorKind.Prefix, ["images/master/", "images/shared/"]), Larger);
        var kept = Kept(900, "incoming/a");
        Assert.Equal(Id("shared/b"), Assert.Single(Decide(rule, kept, Of("shared/b", 100, kept))).WinnerId);
        Assert.Equal(Id("master/c"), Decide(rule, kept, Of("shared/b", 100, kept), Of("master/c", 50, kept))[0].WinnerId);
        Assert.Equal(Id("incoming/a"), Assert.Single(Decide(rule, kept, Of("other/b", 100, kept))).WinnerId);
    }

    [Fact]
    public void What_never_loses_is_neither_replaced_nor_put_in_the_trash()
    {
        var rule = Rule(Larger) with { NeverLose = ["images/safe/"], Action = RuleAction.Trash };
        var kept = Kept(100, "safe/a");
        Assert.Equal(RuleObstacle.NeverLoses, Assert.Single(Decide(rule, kept, Of("b", 200, kept))).Obstacle);
        Assert.Equal([RuleMove.Trash], Assert.Single(Decide(rule, kept, Of("b", 50, kept))).Moves);
        var unsafeKept = Kept(100);
        Assert.Equal(RuleObstacle.NeverLoses, Assert.Single(Decide(rule, unsafeKept, Of("safe/b", 50, unsafeKept))).Obstacle);
    }

    [Fact]
    public void Only_pairs_that_the_search_finds_are_decided()
    {
        var (like, unlike) = (Member("b", 200) with { Similarity = 0.99 }, Member("c", 300) with { Similarity = 0.97 });
        Assert.Equal(Id("b"), Assert.Single(Decide(With(new RuleSearch(MinSimilarity: 0.98)), Kept(100), like, unlike)).Id);
        Assert.Empty(Decide(With(new RuleSearch(Verdict: Verdict.Exact)), Kept(100), like));
        Assert.Empty(Decide(With(new RuleSearch(Reasons: ["chosen"])), Kept(100), like));
        Assert.Empty(Decide(With(new RuleSearch(KeptPrefix: "images/x")), Kept(100), like));
        Assert.Empty(Decide(With(new RuleSearch(MovedPrefix: "images/x")), Kept(100), like));
        Assert.Empty(Decide(With(new RuleSearch(DuplicateKind.LookAlike)), Kept(100), like));
        Assert.Empty(Decide(Rule(Larger), Kept(100), like with { TrashedAt = DateTimeOffset.UnixEpoch }));
        static Rule With(RuleSearch search) => Rule(Larger) with { Search = search };
    }

    [Fact]
    public void A_live_look_alike_goes_to_quarantine_or_is_kept_instead()
    {
        var rule = Rule(Larger) with { Search = new RuleSearch(DuplicateKind.LookAlike) };
        Assert.Equal([RuleMove.Quarantine], Assert.Single(Decide(rule, Kept(200), Live(100))).Moves);
        Assert.Equal([RuleMove.Quarantine, RuleMove.Swap], Assert.Single(Decide(rule, Kept(100), Live(200))).Moves);
        var safe = rule with { NeverLose = ["images/b"] };
        Assert.Equal(RuleObstacle.NeverLoses, Assert.Single(Decide(safe, Kept(200), Live(100))).Obstacle);
        static ImageRecord Live(int size) =>
            Member("b", size) with
            {
                State = ImageState.Indexed,
                Verdict = Verdict.LookAlike,
                QuarantineName = null,
            };
    }

    [Fact]
    public void Nothing_is_decided_without_a_kept_image_but_it_can_be_restored()
    {
        var kept = Kept(100) with { State = ImageState.Removed };
        Assert.Equal(RuleObstacle.KeptGone, Assert.Single(Decide(Rule(Larger), kept, Member("b", 200))).Obstacle);
        var restore = new Rule { Action = RuleAction.Restore };
        Assert.Equal([RuleMove.Restore], Assert.Single(Decide(restore, kept, Member("b", 200))).Moves);
    }

    [Fact]
    public void The_winner_gets_what_it_lacks_and_what_a_person_wrote()
    {
        var text = new ImageDescription { Sha256 = new string('a', 64) };
        var loser = Member("b", 100) with { Tags = ["sea", "red"], LastDescription = text.Edited("A boat", null) };
        var rule = Rule(Larger) with { Merge = true };
        var pair = Assert.Single(Decide(rule, Kept(200) with { Tags = ["sea"] }, loser));
        Assert.Equal([RuleMove.Merge], pair.Moves);
        Assert.Equal(["red"], pair.Merged!.Tags);
        Assert.Equal("A boat", pair.Merged.AltText);
        var same = Kept(200) with { Tags = ["red", "sea"], LastDescription = text.Edited("A ship", null) };
        Assert.Equal(RuleObstacle.AlreadySo, Assert.Single(Decide(rule, same, loser)).Obstacle);
        var full = Kept(200) with { Tags = [.. Enumerable.Range(0, 31).Select(number => $"t{number}")] };
        Assert.Null(MergedTexts.Of(full, loser with { LastDescription = null }));
        var made = loser with
        {
            Tags = [],
            LastDescription = text.With(new DescribedText("Made", null, null), "m", DateTimeOffset.UnixEpoch),
        };
        Assert.Null(MergedTexts.Of(Kept(200), made));
    }

    private static Rule Rule(params Comparator[] keep) => new() { Keep = keep };

    private static IReadOnlyList<RuledPair> Decide(Rule rule, ImageRecord kept, params ImageRecord[] members) =>
        new RuleDecision(rule, kept).Of(members);

    private static ImageRecord Kept(int size, string name = "a") => ListedImages.Kept(name) with { Width = size, Height = size };

    private static ImageRecord Member(string name, int size) => Of(name, size, Kept(1));

    private static ImageRecord Of(string name, int size, ImageRecord kept) =>
        ListedImages.Member(name, kept.Path.Name, 0.99) with
        {
            Width = size,
            Height = size,
        };

    private static string Id(string name) => new Serverless.Storage.ImagePath("images", name).Id;
}
