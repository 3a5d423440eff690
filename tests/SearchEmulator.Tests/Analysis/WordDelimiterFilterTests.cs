using SearchEmulator.Analysis;
using Xunit;

namespace SearchEmulator.Tests.Analysis;

/// <summary>The examples are those of Lucene's own documentation and tests of the filter.</summary>
public sealed class WordDelimiterFilterTests
{
    [Theory]
    [InlineData("PowerShot", "Power Shot")]
    [InlineData("Wi-Fi", "Wi Fi")]
    [InlineData("SD500", "SD 500")]
    [InlineData("//hello---there, 'dude'", "hello there dude")]
    [InlineData("O'Neil's", "O Neil")]
    [InlineData("POWERShot", "POWERShot")]
    [InlineData("j2se", "j 2 se")]
    [InlineData("IMG_2041.jpg", "IMG 2041 jpg")]
    [InlineData("größeÄndern", "größe Ändern")]
    [InlineData("東京タワー_写真", "東京タワー 写真")]
    [InlineData("___", "")]
    public void A_token_is_taken_apart(string text, string parts) =>
        Assert.Equal(parts, string.Join(' ', Split(text, new WordDelimiterOptions()).Select(token => token.Term)));

    [Fact]
    public void Parts_follow_each_other_and_keep_their_places() =>
        Assert.Equal(
            [new Token("IMG", 0, 0, 3), new Token("2041", 1, 4, 4), new Token("jpg", 2, 9, 3)],
            Split("IMG_2041.jpg", new WordDelimiterOptions())
        );

    [Fact]
    public void What_was_put_together_again_lies_over_its_first_part() =>
        Assert.Equal(
            [new Token("lucene", 0, 0, 6), new Token("lucenesolr", 0, 0, 11), new Token("solr", 1, 7, 4)],
            Split("lucene.solr", new WordDelimiterOptions { CatenateWords = true })
        );

    [Fact]
    public void Words_are_put_together_with_words_and_numbers_with_numbers() =>
        Assert.Equal(
            ["wi", "wifi", "fi", "802", "80211", "11"],
            Split("wi-fi-802.11", new WordDelimiterOptions { CatenateWords = true, CatenateNumbers = true }).Select(token => token.Term)
        );

    [Theory]
    [InlineData(true, "PowerShot Power Shot 500")]
    [InlineData(false, "Power Shot 500")]
    public void The_whole_is_kept_where_that_is_asked_for(bool keeps, string terms) =>
        Assert.Equal(
            terms.Replace("PowerShot ", "PowerShot500 ", StringComparison.Ordinal),
            string.Join(' ', Split("PowerShot500", new WordDelimiterOptions { PreserveOriginal = keeps }).Select(token => token.Term))
        );

    [Fact]
    public void Options_switch_each_rule_off() =>
        Assert.Equal(
            ["PowerShot500"],
            Split("PowerShot500", new WordDelimiterOptions { SplitOnCaseChange = false, SplitOnNumerics = false })
                .Select(token => token.Term)
        );

    private static List<Token> Split(string text, WordDelimiterOptions options) =>
        [.. new WordDelimiterFilter(options).Apply([new Token(text, 0, 0, text.Length)])];
}
