using System.Text.Encodings.Web;
using System.Text.Json;
using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Scenarios;

public sealed class FacetTests(SharedEmulator shared) : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private RawClient _client = null!;
    private string _index = null!;

    public async ValueTask InitializeAsync()
    {
        _client = new RawClient(shared.Process);
        _index = await _client.CreateIndexAsync(
            """
            {"name":"kind","type":"Edm.String"},{"name":"price","type":"Edm.Double"},{"name":"rating","type":"Edm.Int32"},
            {"name":"built","type":"Edm.DateTimeOffset"},{"name":"tags","type":"Collection(Edm.String)"},{"name":"plain","type":"Edm.String","facetable":false},
            {"name":"rooms","type":"Collection(Edm.ComplexType)","fields":[{"name":"kind","type":"Edm.String"}]}
            """
        );
        await _client.UploadAsync(
            _index,
            """{"id":"1","kind":"a","price":4.5,"rating":1,"built":"1999-12-31T00:00:00Z","tags":["x","y"],"rooms":[{"kind":"k"},{"kind":"k"}]}""",
            """{"id":"2","kind":"b","price":5,"rating":2,"built":"2000-01-01T00:00:00Z","tags":["x"],"rooms":[{"kind":"l"}]}""",
            """{"id":"3","kind":"a","price":12,"rating":3,"built":"2000-02-15T00:00:00Z"}"""
        );
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("kind", """{"kind":[{"count":2,"value":"a"},{"count":1,"value":"b"}]}""")]
    [InlineData("kind,count:1", """{"kind":[{"count":2,"value":"a"}]}""")]
    [InlineData("kind,sort:-value", """{"kind":[{"count":1,"value":"b"},{"count":2,"value":"a"}]}""")]
    [InlineData("kind,sort:-count", """{"kind":[{"count":1,"value":"b"},{"count":2,"value":"a"}]}""")]
    [InlineData("tags", """{"tags":[{"count":2,"value":"x"},{"count":1,"value":"y"}]}""")]
    [InlineData("rooms/kind", """{"rooms/kind":[{"count":1,"value":"k"},{"count":1,"value":"l"}]}""")]
    [InlineData("price,values:5|10", """{"price":[{"count":1,"to":5.0},{"count":1,"from":5.0,"to":10.0},{"count":1,"from":10.0}]}""")]
    [InlineData("rating,values:2", """{"rating":[{"count":1,"to":2},{"count":2,"from":2}]}""")]
    [InlineData("price,interval:5", """{"price":[{"count":1,"value":0.0},{"count":1,"value":5.0},{"count":1,"value":10.0}]}""")]
    [InlineData(
        "built,values:2000-01-01T00:00:00Z",
        """{"built":[{"count":1,"to":"2000-01-01T00:00:00.000+0000"},{"count":2,"from":"2000-01-01T00:00:00.000+0000"}]}"""
    )]
    [InlineData(
        "built,interval:year",
        """{"built":[{"count":1,"value":"1999-01-01T00:00:00Z"},{"count":2,"value":"2000-01-01T00:00:00Z"}]}"""
    )]
    public async Task Facets_count(string facet, string expected)
    {
        var answer = await _client.SearchAsync(_index, $$"""{"facets":["{{facet}}"],"top":0}""");
        Assert.Equal(expected, answer.Json!["@search.facets"]!.ToJsonString(Plain));
        Assert.Empty(answer.Json["value"]!.AsArray());
    }

    [Fact]
    public async Task Facets_count_all_matches_whatever_the_page()
    {
        var answer = await _client.SearchAsync(_index, """{"facets":["kind","price,values:5"],"top":1,"filter":"rating ge 2"}""");
        Assert.Equal(
            """{"kind":[{"count":1,"value":"a"},{"count":1,"value":"b"}],"price":[{"count":0,"to":5.0},{"count":2,"from":5.0}]}""",
            answer.Json!["@search.facets"]!.ToJsonString()
        );
    }

    [Theory]
    [InlineData("plain", "'plain' is not a facetable field.")]
    [InlineData("price,values:cheap", "The facet value 'cheap' does not fit")]
    [InlineData("kind,interval:5", "The facet interval '5' does not fit")]
    [InlineData("kind,order:up", "is not a valid parameter of the facet")]
    public async Task A_bad_facet_is_a_bad_request(string facet, string message)
    {
        var answer = await _client.SearchAsync(_index, $$"""{"facets":["{{facet}}"]}""");
        Assert.Equal(400, answer.Status);
        Assert.Contains(message, answer.Message, StringComparison.Ordinal);
    }
}
