using System.Text.Json.Nodes;
using SearchEmulator.Definitions;
using SearchEmulator.Filters;
using SearchEmulator.Http;
using Xunit;

namespace SearchEmulator.Tests.Filters;

public sealed class FilterErrorTests
{
    private static readonly IndexDefinition Index = DefinitionReader.Read(
        JsonNode
            .Parse(
                """
                {"name":"hotels","fields":[
                  {"name":"id","type":"Edm.String","key":true},
                  {"name":"rating","type":"Edm.Int32"},
                  {"name":"price","type":"Edm.Double"},
                  {"name":"open","type":"Edm.Boolean"},
                  {"name":"secret","type":"Edm.String","filterable":false},
                  {"name":"tags","type":"Collection(Edm.String)"},
                  {"name":"stars","type":"Collection(Edm.Int32)"},
                  {"name":"place","type":"Edm.GeographyPoint"},
                  {"name":"places","type":"Collection(Edm.GeographyPoint)"},
                  {"name":"rooms","type":"Collection(Edm.ComplexType)","fields":[
                    {"name":"kind","type":"Edm.String"},{"name":"beds","type":"Edm.Int32"},{"name":"tags","type":"Collection(Edm.String)"}]}]}
                """
            )!
            .AsObject(),
        null,
        strict: true
    );

    [Theory]
    [InlineData("This is not a valid filter.", "Syntax error at position 7 in 'This is not a valid filter.'.")]
    [InlineData("rating gt", "Syntax error at position 9 in 'rating gt'.")]
    [InlineData("(rating gt 5", "Syntax error at position 12 in '(rating gt 5'.")]
    [InlineData("id eq 'open", "There is an unterminated string literal at position 7 in 'id eq 'open'.")]
    [InlineData("nothing eq 1", "Could not find a property named 'nothing' on type 'search.document'.")]
    [InlineData("rooms/any(r: r/view eq 'sea')", "Could not find a property named 'view' on type 'search.complex.rooms'.")]
    [InlineData("secret eq 'x'", "'secret' is not a filterable field. Only filterable fields can be used in filter expressions.")]
    [InlineData(
        "rating eq 'five'",
        "A binary operator with incompatible types was detected. Found operand types 'Edm.Int32' and 'Edm.String' for "
            + "operator kind 'Equal'."
    )]
    [InlineData(
        "tags eq 'x'",
        "A binary operator with incompatible types was detected. Found operand types 'Collection(Edm.String)' and "
            + "'Edm.String' for operator kind 'Equal'."
    )]
    [InlineData(
        "rating lt null",
        "A binary operator with incompatible types was detected. Found operand types 'Edm.Int32' and '<null>' for operator kind 'LessThan'."
    )]
    [InlineData(
        "rating eq NaN",
        "A binary operator with incompatible types was detected. Found operand types 'Edm.Int32' and 'Edm.Double' for "
            + "operator kind 'Equal'."
    )]
    [InlineData(
        "open gt true",
        "A binary operator with incompatible types was detected. Found operand types 'Edm.Boolean' and 'Edm.Boolean' for "
            + "operator kind 'GreaterThan'."
    )]
    [InlineData(
        "not rating gt 5",
        "A unary operator with an incompatible type was detected. Found operand type 'Edm.Int32' for operator kind 'Not'."
    )]
    [InlineData(
        "contains(id, 'x')",
        "An unknown function with name 'contains' was found. This may also be a function import or a key lookup on a "
            + "navigation property, which is not allowed."
    )]
    [InlineData("id/any(x: x eq 'a')", "Any/All may only be used following a collection.")]
    [InlineData(
        "rooms/kind eq 'x'",
        "The parent value for a property access of a property 'kind' is not a single value. Property access can only be "
            + "applied to a single value."
    )]
    [InlineData("rating eq price", "Comparison must be between a field, range variable or function call and a literal value.")]
    [InlineData("rating", "The filter expression must evaluate to a boolean value.")]
    public void Says_what_is_wrong(string filter, string message) =>
        Assert.Equal($"Invalid expression: {message}\r\nParameter name: $filter", Refusal(filter).Message);

    [Theory]
    [InlineData("tags/any(t: t ne 'x')", "Found a test for equality or inequality where the opposite was expected")]
    [InlineData("tags/all(t: t eq 'x')", "Found a test for equality or inequality where the opposite was expected")]
    [InlineData("tags/any(t: not search.in(t, 'a,b'))", "Found a test for equality or inequality where the opposite was expected")]
    [InlineData("tags/any(t: t gt 'x')", "Found a comparison operator (one of 'lt', 'le', 'gt', or 'ge').")]
    [InlineData("tags/any(t: t eq 'a' and t eq 'b')", "Complex Boolean expressions are not supported")]
    [InlineData("stars/any(s: s ne 5 and s gt 2)", "Found an unsupported form of complex Boolean expression.")]
    [InlineData("stars/any(s: (s gt 1 or s lt 0) and s ne 4)", "Found an unsupported form of complex Boolean expression.")]
    [InlineData(
        "places/any(p: geo.distance(p, geography'POINT(1 2)') gt 10)",
        "Found an unsupported use of geo.distance() or geo.intersects()"
    )]
    [InlineData(
        "rooms/any(r: r/beds gt 1 and rating gt 3)",
        "is not bound to the range variable 'r'. Only bound field references are supported inside lambda expressions"
    )]
    [InlineData("rooms/any(r: r/tags/any(t: t eq 'a' and r/kind eq 'b'))", "is not bound to the range variable 't'.")]
    [InlineData("rooms/any(r: search.ismatch('x'))", "has no parameters bound to the range variable 'r'.")]
    public void Says_what_a_lambda_may_not_do(string filter, string message) =>
        Assert.Contains(message, Refusal(filter).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("tags/any(t: t eq 'books' or t eq 'games')")]
    [InlineData("tags/all(t: t ne 'books' and not (t eq 'games'))")]
    [InlineData("tags/all(t: not search.in(t, 'books, games, toys'))")]
    [InlineData("stars/any(s: (s gt 2 and s le 5) or (s gt 7 and s lt 10))")]
    [InlineData("stars/all(s: (s le 2 or s gt 5) and (s lt 7 or s ge 10))")]
    [InlineData("not stars/all(s: s eq 3)")]
    [InlineData(
        "places/any(p: not (geo.distance(p, geography'POINT(-122 49)') ge 10) or geo.intersects(p, geography'POLYGON((0 0, "
            + "0 1, 1 1, 0 0))'))"
    )]
    [InlineData("rooms/any(r: r/tags/any(t: t eq 'a') and r/kind ne 'b')")]
    [InlineData("geo.distance(place, geography'POINT(-122.03 47.57)') lt 2.0")]
    [InlineData("5 lt rating and rating le 7")]
    [InlineData("search.in(id, 'a|b', '|') eq false")]
    [InlineData("tags/any() or not tags/any()")]
    public void Takes_what_the_service_takes(string filter) => Assert.NotNull(Filter.Parse(filter, Index));

    [Fact]
    public void Many_clauses_are_pointed_to_search_in()
    {
        var filter = string.Join(" or ", Enumerable.Range(0, 501).Select(i => $"rating eq {i}"));
        Assert.Contains("use the function search.in", Refusal(filter).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused_before_the_stack_is_gone()
    {
        Assert.Contains("Recursion limit", Refusal(new string('(', 100_000) + "open").Message, StringComparison.Ordinal);
        Assert.Contains(
            "Recursion limit",
            Refusal(string.Concat(Enumerable.Repeat("not ", 100_000)) + "open").Message,
            StringComparison.Ordinal
        );
    }

    private static ServiceException Refusal(string filter) => Assert.Throws<ServiceException>(() => Filter.Parse(filter, Index));
}
