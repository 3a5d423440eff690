using Serverless.Api;

namespace Functions.Tests.Api;

public sealed class FilterExpressionTests
{
    [Fact]
    public void No_condition_is_no_filter() =>
        Assert.Equal(new FilterExpression(null, null), FilterExpression.Of(new SearchFilterRequest(), "images"));

    [Theory]
    [InlineData("holiday/", "folders/any(f: f eq 'images/holiday/')", null)]
    [InlineData("images/holiday/", "folders/any(f: f eq 'images/holiday/')", null)]
    [InlineData("images/", "folders/any(f: f eq 'images/')", null)]
    [InlineData("o'neil/cat", "folders/any(f: f eq 'images/o''neil/')", "images/o'neil/cat")]
    [InlineData("cat", "folders/any(f: f eq 'images/')", "images/cat")]
    public void A_prefix_is_a_folder_and_perhaps_the_start_of_a_name(string prefix, string expected, string? start) =>
        Assert.Equal(new FilterExpression(expected, start), FilterExpression.Of(new SearchFilterRequest(Prefix: prefix), "images"));

    [Fact]
    public void A_value_cannot_leave_its_quotes() =>
        Assert.Equal(
            "tags/any(t: t eq 'x'') or (true')",
            FilterExpression.Of(new SearchFilterRequest(Tags: ["x') or (true"]), "images").OData
        );

    [Fact]
    public void All_conditions_must_hold() =>
        Assert.Equal(
            "format eq 'jpeg' and width ge 10",
            FilterExpression.Of(new SearchFilterRequest(Format: "JPEG", MinWidth: 10), "images").OData
        );

    [Theory]
    [InlineData("tga")]
    [InlineData("1")]
    [InlineData("")]
    public void An_unknown_format_is_refused(string format)
    {
        var refusal = Assert.Throws<Refusal>(() => FilterExpression.Of(new SearchFilterRequest(Format: format), "images"));
        Assert.Contains("jpeg, png", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_indexed_images_are_searched() =>
        Assert.Throws<Refusal>(() => FilterExpression.Of(new SearchFilterRequest(Status: "quarantined"), "images"));
}
