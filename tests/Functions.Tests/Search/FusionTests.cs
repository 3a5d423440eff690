using Serverless.Search;

namespace Functions.Tests.Search;

public sealed class FusionTests
{
    private static readonly WordQuery Query = WordQuery.Of("red mug")!;

    [Fact]
    public void An_image_with_all_the_words_comes_before_everything_else() =>
        Assert.Equal(["exact", "some", "near"], Ids([Hit("exact")], [Hit("some")], [Near("near"), Near("some2"), Near("some")], 3));

    [Fact]
    public void An_image_that_is_the_query_comes_before_those_that_hold_it() =>
        Assert.Equal(["is", "holds"], Ids([Hit("holds"), Hit("is", name: "red_mug.jpg")], [], [Near("holds")], 2));

    [Fact]
    public void Among_those_with_all_the_words_what_looks_right_comes_first() =>
        Assert.Equal(["b", "a", "c"], Ids([Hit("a"), Hit("b"), Hit("c")], [], [Near("b")], 3));

    [Fact]
    public void One_place_of_four_is_for_what_looks_right_alone() =>
        Assert.Equal(
            ["w0", "w1", "w2", "n0", "w3", "w4", "w5", "n1", "w6"],
            Ids([.. Enumerable.Range(0, 9).Select(number => Hit($"w{number}"))], [], [Near("n0"), Near("n1")], 9)
        );

    [Fact]
    public void It_is_not_for_what_looks_less_right_than_those_with_the_words() =>
        Assert.Equal(
            ["w0", "w1", "w2", "w3", "w4", "n0"],
            Ids(
                [.. Enumerable.Range(0, 5).Select(number => Hit($"w{number}"))],
                [],
                [.. Enumerable.Range(0, 5).Select(number => Near($"w{number}")), Near("n0")],
                6
            )
        );

    [Fact]
    public void What_begins_so_and_looks_right_comes_before_what_does_one_of_the_two() =>
        Assert.Equal(["both", "words", "near"], Ids([], [Hit("words"), Hit("both")], [Near("near"), Near("both")], 3));

    [Fact]
    public void An_image_with_some_of_the_words_comes_behind_two_that_look_right_unless_it_does_so_too() =>
        Assert.Equal(
            ["near-some", "near", "third", "some", "fourth"],
            Ids([], [], [Near("near"), Near("near-some"), Near("third"), Near("fourth")], 5, [Hit("some"), Hit("near-some")])
        );

    [Fact]
    public void Without_words_the_order_is_that_of_the_vectors() =>
        Assert.Equal(["a", "b", "c"], Ids([], [], [Near("a"), Near("b"), Near("c")], 3));

    [Fact]
    public void Each_image_comes_once_and_keeps_its_cosine_and_its_reasons()
    {
        var found = Fusion.Of(
            Query,
            new WordHits([new WordHit(Hit("a"), Completeness.Whole)]),
            [new Neighbour(new ImageDocument { Id = "a" }, 0.25)]
        );
        var only = Assert.Single(found);
        Assert.Equal((0.25, 0, true), (only.Similarity, only.Rank, only.IsComplete));
        Assert.True(only.HasWords);
    }

    [Fact]
    public void What_a_first_page_shows_stays_ahead_of_what_a_later_one_finds_behind_many_with_all_the_words()
    {
        ImageDocument[] complete = [.. Enumerable.Range(0, Fusion.Depth + 10).Select(number => Hit($"w{number}"))];
        Neighbour[] near = [.. Enumerable.Range(0, 20).Select(number => Near($"n{number}"))];
        var first = Ids(complete[..Fusion.Depth], [], near, 40);
        Assert.Equal(first, Ids(complete, [Hit("begun")], near, 40, [Hit("some")]));
    }

    private static string[] Ids(
        ImageDocument[] complete,
        ImageDocument[] begun,
        Neighbour[] nearest,
        int count,
        ImageDocument[]? some = null
    )
    {
        static IEnumerable<WordHit> All(ImageDocument[] hits, Completeness completeness) =>
            hits.Select(hit => new WordHit(hit, completeness));

        var words = new WordHits([
            .. All(complete, Completeness.Whole),
            .. All(begun, Completeness.Begun),
            .. All(some ?? [], Completeness.Partial),
        ]);
        return [.. Fusion.Of(Query, words, nearest).Take(count).Select(hit => hit.Document.Id)];
    }

    private static ImageDocument Hit(string id, string? name = null) => new() { Id = id, Name = name ?? id };

    private static Neighbour Near(string id) => new(new ImageDocument { Id = id }, 0.5);
}
