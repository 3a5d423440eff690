using Microsoft.AspNetCore.Http;
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
        var refusal = Assert.Throws<ProblemException>(() => FilterExpression.Of(new SearchFilterRequest(Format: format), "images"));
        Assert.Contains("jpeg, png", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_indexed_images_are_searched() =>
        Assert.Throws<ProblemException>(() => FilterExpression.Of(new SearchFilterRequest(Status: "quarantined"), "images"));

    [Theory]
    [InlineData(
        "takenAfter=2019-05-01&takenBefore=2019-06-01",
        "takenAt ge 2019-05-01T00:00:00.0000000+00:00 and takenAt lt 2019-06-01T00:00:00.0000000+00:00"
    )]
    [InlineData("keywords=golden retriever,o'neil", "keywords/any(k: k eq 'golden retriever') and keywords/any(k: k eq 'o''neil')")]
    [InlineData("minRating=4", "rating ge 4")]
    [InlineData("near=48.85,2.29,5", "geo.distance(position, geography'POINT(2.29 48.85)') le 5")]
    [InlineData("box=48,2,49,3", "geo.intersects(position, geography'POLYGON((2 48, 3 48, 3 49, 2 49, 2 48))')")]
    [InlineData(
        "box=-20,170,-10,-170",
        "(geo.intersects(position, geography'POLYGON((170 -20, 180 -20, 180 -10, 170 -10, 170 -20))') or "
            + "geo.intersects(position, geography'POLYGON((-180 -20, -170 -20, -170 -10, -180 -10, -180 -20))'))"
    )]
    [InlineData("properties=Project=x", "properties/any(p: p eq 'project=x')")]
    [InlineData("camera=canon\"eos", "search.ismatch('\"canon eos\"', 'camera', 'full', 'all')")]
    [InlineData("notTags=a,b&notFormat=png", "not (format eq 'png') and not (tags/any(t: t eq 'a')) and not (tags/any(t: t eq 'b'))")]
    [InlineData("color=red,gray", "colors/any(c: c eq 'red') and colors/any(c: c eq 'gray')")]
    [InlineData("orientation=Landscape,square&bw=false", "bw eq false and (orientation eq 'landscape' or orientation eq 'square')")]
    [InlineData(
        "subject=top,left&copySpace=right",
        "subject/any(p: p eq 'top') and subject/any(p: p eq 'left') and copySpace/any(p: p eq 'right')"
    )]
    [InlineData("framing=closeUp&transparent=true&isolated=true", "transparent eq true and isolated eq true and (framing eq 'closeUp')")]
    [InlineData("sharpness=20-60&noise=-5.5&megapixels=2-", "sharpness ge 20 and sharpness le 60 and noise le 5.5 and megapixels ge 2")]
    public void A_query_says_what_images_must_and_must_not_be(string query, string expected) =>
        Assert.Equal(expected, FilterExpression.Of(Filter(query), "images").OData);

    [Fact]
    public void Paths_that_begin_as_an_unwanted_one_are_left_out_and_their_folder_is_not()
    {
        var filter = FilterExpression.Of(Filter("notPrefix=holiday/IMG_&notFormat=png"), "images");
        Assert.Equal("not (format eq 'png')", filter.OData);
        Assert.False(filter.Matches("images/holiday/IMG_1.jpg"));
        Assert.True(filter.Matches("images/holiday/other.jpg"));
        Assert.Equal("not (folders/any(f: f eq 'images/holiday/'))", FilterExpression.Of(Filter("notPrefix=holiday/"), "images").OData);
    }

    [Theory]
    [InlineData("near=48.85,2.29")]
    [InlineData("near=91,0,1")]
    [InlineData("near=a,b,c")]
    [InlineData("near=0,0,-1")]
    [InlineData("box=10,0,5,1")]
    [InlineData("minRating=6")]
    [InlineData("properties=novalue")]
    [InlineData("properties=a=1,A=2")]
    [InlineData("color=mauve")]
    [InlineData("color=red') or (true")]
    [InlineData("color=#12345")]
    [InlineData("color=red,blue,green,gray,white,black")]
    [InlineData("orientation=1")]
    [InlineData("subject=none")]
    [InlineData("copySpace=center")]
    [InlineData("bw=maybe")]
    [InlineData("sharpness=60-20")]
    [InlineData("sharpness=-")]
    [InlineData("sharpness=20")]
    [InlineData("sharpness=1-2-3")]
    [InlineData("aspect=NaN-")]
    [InlineData("aspect=1e400-")]
    public void What_is_no_place_rating_or_property_is_refused(string query) =>
        Assert.Throws<ProblemException>(() => FilterExpression.Of(Filter(query), "images"));

    [Fact]
    public void A_colour_by_value_is_looked_for_in_the_cells_around_it()
    {
        var filter = FilterExpression.Of(Filter("color=#3366cc"), "images").OData!;
        Assert.Equal(filter, FilterExpression.Of(Filter("color=3366CC"), "images").OData);
        Assert.StartsWith("paletteCells/any(c: search.in(c, '", filter, StringComparison.Ordinal);
        Assert.InRange(filter.Length, 100, 4000);
    }

    private static SearchFilterRequest Filter(string query)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString($"?{string.Join('&', query.Split('&').Select(Escaped))}");
        return SearchFilters.Of(request.Query);
    }

    private static string Escaped(string pair)
    {
        var parts = pair.Split('=', 2);
        return $"{parts[0]}={Uri.EscapeDataString(parts[1])}";
    }
}
