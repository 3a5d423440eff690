using Serverless.Api;

namespace Functions.Tests.Api;

public sealed class CsvLineTests
{
    [Theory]
    [InlineData("cat.jpg", "cat.jpg")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"cheese\"", "\"say \"\"cheese\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("=1,2", "\"'=1,2\"")]
    [InlineData("", "")]
    public void A_text_is_quoted_where_it_must_be_and_is_never_a_formula(string text, string cell) =>
        Assert.Equal($"{cell}\r\n", CsvLine.Of([text]));

    [Fact]
    public void A_number_stays_a_number() => Assert.Equal("x,-0.25,12\r\n", CsvLine.Of(["x", -0.25, 12L]));

    [Fact]
    public void An_empty_first_cell_is_a_cell() => Assert.Equal(",a\r\n", CsvLine.Of([null, "a"]));
}
