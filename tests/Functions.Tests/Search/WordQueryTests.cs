using Serverless.Search;

namespace Functions.Tests.Search;

public sealed class WordQueryTests
{
    [Theory]
    [InlineData("golden retriever on a beach", "golden retriever beach")]
    [InlineData("photos from Rome in 2019", "Rome 2019")]
    [InlineData("IMG_2041.jpg", "IMG_2041.jpg")]
    [InlineData("holiday/IMG_2041", "holiday IMG_2041")]
    [InlineData("Fotos vom Strand", "Strand")]
    [InlineData("the", "the")]
    [InlineData("a photo", "a photo")]
    [InlineData("red red RED mug", "red mug")]
    [InlineData("写真 東京", "写真 東京")]
    [InlineData("cafe\u0301", "café")]
    public void The_words_that_tell_something_are_looked_for(string text, string terms) =>
        Assert.Equal(terms.Split(' '), WordQuery.Of(text)!.Terms);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("-- * ~ && || !")]
    [InlineData("\"\"\\\\")]
    [InlineData("\uE000\uE001\u202E")]
    public void Text_without_a_word_is_no_query(string? text) => Assert.Null(WordQuery.Of(text));

    [Theory]
    [InlineData("a\" OR *:* OR \"b")]
    [InlineData("x\\")]
    [InlineData("/.*/ name:secret^99 [a TO b] {!x} ~2")]
    [InlineData("+must -not (group")]
    public void Nothing_that_is_written_is_syntax(string text)
    {
        var query = WordQuery.Of(text)!;
        foreach (var spelled in new[] { query.Any, query.Ranked, query.Begun ?? query.Any })
        {
            // What is left when the phrases are taken out is ours.
            var outside = System.Text.RegularExpressions.Regex.Replace(spelled, "\"[^\"\\\\]*\"", "_");
            Assert.Matches(@"^((\(?\+)?\(?[a-zA-Z]+:_(\^[0-9.]+)?(\)\^0\.01)?( |$)|\+\*:\*\^131072\)( |$))+$", outside);
        }
    }

    [Fact]
    public void A_long_text_is_cut_to_what_the_service_takes()
    {
        var query = WordQuery.Of(string.Join(' ', Enumerable.Range(0, 400).Select(number => $"w{number}")))!;
        Assert.Equal(32, query.Terms.Count);
        Assert.True(query.Any.Split(' ').Length < 1000);
    }

    [Theory]
    [InlineData("rome", 30f, Completeness.Begun)]
    [InlineData("rome", 131_072f, Completeness.Whole)]
    [InlineData("rome 2019", 30f, Completeness.Partial)]
    [InlineData("rome 2019", 131_102f, Completeness.Begun)]
    [InlineData("rome 2019", 262_144f, Completeness.Whole)]
    internal void A_score_says_how_many_of_the_words_there_are(string text, float score, Completeness completeness) =>
        Assert.Equal(completeness, WordQuery.Of(text)!.Of(score));

    [Theory]
    [InlineData("img 2041", true)]
    [InlineData("IMG_2041.JPG", true)]
    [InlineData("golden retriever", true)]
    [InlineData("beach", true)]
    [InlineData("golden", false)]
    [InlineData("img", false)]
    public void An_image_can_be_the_query_itself(string text, bool isWhole) =>
        Assert.Equal(
            isWhole,
            WordQuery
                .Of(text)!
                .IsWhole(
                    new ImageDocument
                    {
                        Name = "IMG_2041.jpg",
                        Keywords = ["Golden Retriever"],
                        Tags = ["beach"],
                    }
                )
        );
}
