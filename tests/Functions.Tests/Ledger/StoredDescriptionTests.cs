using Serverless.Images;
using Serverless.Ledger;

namespace Functions.Tests.Ledger;

public sealed class StoredDescriptionTests
{
    private static readonly ImageDescription Made = new ImageDescription { Sha256 = new string('a', 64) }.With(
        new DescribedText("Ein „Hund“ <b>", "犬", null),
        "gpt",
        DateTimeOffset.UnixEpoch
    );

    [Fact]
    public void A_description_is_read_back_as_it_was_written() =>
        Assert.Equal(Made, StoredDescription.Parse(StoredDescription.ToText(Made)!));

    [Fact]
    public void The_longest_texts_fit_into_a_column()
    {
        var longest = new string('"', ImageDescription.MaxText);
        var made = Made.With(new DescribedText(longest[..ImageDescription.MaxAltText], longest, longest), "gpt", DateTimeOffset.UnixEpoch);
        Assert.InRange(StoredDescription.ToText(made)!.Length, ImageDescription.MaxText, 32_768);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"sha256\":\"a\",\"altText\":\"\\ud800\"}")]
    public void What_is_none_reads_as_none(string text) => Assert.Null(StoredDescription.Parse(text)?.AltText);

    [Fact]
    public void What_a_person_wrote_is_not_written_over_and_the_rest_is()
    {
        var edited = Made.Edited("My dog", null).With(new DescribedText("A cat", "A cat sleeps.", "CAT"), "gpt", DateTimeOffset.UnixEpoch);
        Assert.Equal(("My dog", "A cat sleeps.", "CAT"), (edited.AltText, edited.Text, edited.VisibleText));

        var taken = edited.Edited("", "").With(new DescribedText("A cat", "A cat sleeps.", null), "gpt", DateTimeOffset.UnixEpoch);
        Assert.Equal((null, null), (taken.AltText, taken.Text));
    }
}
