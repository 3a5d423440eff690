using System.Text.Json;
using Serverless.Describe;
using Serverless.Images;

namespace Functions.Tests.Describe;

/// <summary>What a model says is data from outside.</summary>
public sealed class ChatAnswerTests
{
    [Fact]
    public void Texts_are_bounded_and_plain()
    {
        var long_ = new string('x', 100_000);
        var text = ChatAnswer.Read(
            JsonSerializer.Serialize(
                new
                {
                    altText = $"A\n\tdog\u202e \u0000{long_}",
                    description = long_,
                    visibleText = long_,
                    more = "ignored",
                }
            )
        )!;

        Assert.StartsWith("A dog", text.AltText, StringComparison.Ordinal);
        Assert.DoesNotContain(text.AltText, char.IsControl);
        Assert.DoesNotContain('\u202e', text.AltText);
        Assert.Equal(
            (true, true, true),
            (
                text.AltText.Length <= ImageDescription.MaxAltText,
                text.Text!.Length <= ImageDescription.MaxText,
                text.VisibleText!.Length <= ImageDescription.MaxText
            )
        );
    }

    [Fact]
    public void Json_between_words_is_found() =>
        Assert.Equal(
            new DescribedText("A dog.", "It runs.", null),
            ChatAnswer.Read("Here you are:\n```json\n{\"altText\":\"A dog.\",\"description\":\"It runs.\",\"visibleText\":\"\"}\n```")
        );

    [Theory]
    [InlineData("{\"altText\":\"\\ud800\"}")]
    [InlineData("}{")]
    [InlineData("{{{{{{")]
    [InlineData("{\"altText\":null}")]
    public void What_is_none_is_none(string text) => Assert.Null(ChatAnswer.Read(text)?.Text);

    [Fact]
    public void Markup_stays_text() =>
        Assert.Equal(
            "<img src=x onerror=alert(1)>",
            ChatAnswer.Read("{\"altText\":\"<img src=x onerror=alert(1)>\",\"description\":\"\",\"visibleText\":\"\"}")!.AltText
        );
}
