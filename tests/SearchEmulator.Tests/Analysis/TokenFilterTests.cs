using SearchEmulator.Analysis;
using Xunit;

namespace SearchEmulator.Tests.Analysis;

public sealed class TokenFilterTests
{
    [Theory]
    [InlineData("Årsund", "Arsund")]
    [InlineData("Straße", "Strasse")]
    [InlineData("ﬁne", "fine")]
    [InlineData("ＡＢＣ１", "ABC1")]
    [InlineData("smørrebrød", "smorrebrod")]
    [InlineData("がき", "がき")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("Йод", "Йод")]
    [InlineData("e\u0301", "e\u0301")]
    public void Folding_leaves_other_scripts_alone(string text, string folded) =>
        Assert.Equal(folded, Assert.Single(new AsciiFoldingFilter().Apply([Of(text)])).Term);

    [Theory]
    [InlineData("mugs", "mug")]
    [InlineData("ponies", "pony")]
    [InlineData("glass", "glass")]
    [InlineData("bus", "bus")]
    [InlineData("shoes", "shoes")]
    [InlineData("trees", "trees")]
    [InlineData("beaches", "beache")]
    [InlineData("is", "is")]
    [InlineData("mug", "mug")]
    public void The_minimal_stemmer_takes_off_plurals(string word, string stem) =>
        Assert.Equal(stem, Assert.Single(new MinimalEnglishFilter().Apply([Of(word)])).Term);

    [Fact]
    public void Beginnings_lie_at_the_place_of_their_word() =>
        Assert.Equal(
            [new Token("s", 0, 0, 5), new Token("st", 0, 0, 5), new Token("sta", 0, 0, 5)],
            new EdgeNGramFilter(1, 3).Apply([Of("stair")])
        );

    [Fact]
    public void A_character_beyond_16_bits_is_not_cut() =>
        Assert.Equal(["𠮷", "𠮷野"], new EdgeNGramFilter(1, 9).Apply([Of("𠮷野")]).Select(token => token.Term));

    private static Token Of(string text) => new(text, 0, 0, text.Length);
}
