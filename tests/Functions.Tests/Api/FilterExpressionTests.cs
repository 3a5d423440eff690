using Serverless.Api;

namespace Functions.Tests.Api;

public sealed class FilterExpressionTests
{
    [Fact]
    public void No_condition_is_no_filter() => Assert.Null(FilterExpression.Of(new SearchFilterRequest(), "images"));

    [Theory]
    [InlineData("holiday/", "path ge 'images/holiday/' and path lt 'images/holiday/\uffff'")]
    [InlineData("images/holiday/", "path ge 'images/holiday/' and path lt 'images/holiday/\uffff'")]
    [InlineData("o'neil", "path ge 'images/o''neil' and path lt 'images/o''neil\uffff'")]
    public void A_prefix_is_a_range_of_paths(string prefix, string expected) =>
        Assert.Equal(expected, FilterExpression.Of(new SearchFilterRequest(Prefix: prefix), "images"));

    [Fact]
    public void A_value_cannot_leave_its_quotes() =>
        Assert.Equal("tags/any(t: t eq 'x'') or (true')", FilterExpression.Of(new SearchFilterRequest(Tags: ["x') or (true"]), "images"));

    [Fact]
    public void All_conditions_must_hold() => Assert.Equal(
        "format eq 'jpeg' and width ge 10",
        FilterExpression.Of(new SearchFilterRequest(Format: "JPEG", MinWidth: 10), "images"));

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
