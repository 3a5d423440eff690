using System.Text.Json.Nodes;
using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Scenarios;

/// <summary>Analyzers of an index's own, from its definition to what they find.</summary>
public sealed class AnalyzerTests(SharedEmulator shared) : IAsyncLifetime
{
    private const string Field =
        """{"name":"name","type":"Edm.String","indexAnalyzer":"beginnings","searchAnalyzer":"whole"},"""
        + """{"name":"plain","type":"Edm.String"}""";

    private const string Analysis = """
        ,"analyzers":[
          {"name":"beginnings","@odata.type":"#Microsoft.Azure.Search.CustomAnalyzer","tokenizer":"standard_v2","tokenFilters":["parts","lowercase","asciifolding","grams"]},
          {"name":"whole","@odata.type":"#Microsoft.Azure.Search.CustomAnalyzer","tokenizer":"standard_v2","tokenFilters":["word_delimiter","lowercase","asciifolding"]}],
        "tokenFilters":[
          {"name":"parts","@odata.type":"#Microsoft.Azure.Search.WordDelimiterTokenFilter","catenateWords":true},
          {"name":"grams","@odata.type":"#Microsoft.Azure.Search.EdgeNGramTokenFilterV2","minGram":1,"maxGram":20}]
        """;

    private RawClient _client = null!;
    private string _index = null!;

    public async ValueTask InitializeAsync()
    {
        _client = new RawClient(shared.Process);
        _index = await _client.CreateIndexAsync(Field, Analysis);
        await _client.UploadAsync(
            _index,
            """{"id":"1","name":"IMG_2041.jpg"}""",
            """{"id":"2","name":"iPhoneStairCase.png"}""",
            """{"id":"3","name":"Årsund 東京の写真.webp"}""",
            """{"id":"4","name":"staircase-2.png"}"""
        );
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("img_2041", "1")]
    [InlineData("2041", "1")]
    [InlineData("IMG 20", "1")]
    [InlineData("iphone", "2")]
    [InlineData("iPhone", "2")]
    [InlineData("stair", "2 4")]
    [InlineData("case", "2")]
    [InlineData("arsund", "3")]
    [InlineData("写真", "3")]
    [InlineData("webp", "3")]
    [InlineData("041", "")]
    public async Task Words_find_names(string words, string found)
    {
        var answer = await _client.SearchAsync(_index, $$"""{"search":"\"{{words}}\"","queryType":"full","searchFields":"name"}""");
        Assert.Equal(
            found.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            answer.Json!["value"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_beginning_marks_its_word_once()
    {
        var answer = await _client.SearchAsync(
            _index,
            """{"search":"name:\"i\"","queryType":"full","highlight":"name","highlightPreTag":"[","highlightPostTag":"]"}"""
        );
        Assert.Equal(
            ["[iPhoneStairCase.png]", "[IMG]_2041.jpg"],
            answer.Json!["value"]!
                .AsArray()
                .Select(item => item!["@search.highlights"]!["name"]![0]!.GetValue<string>())
                .OrderDescending(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_definition_comes_back_with_all_its_options()
    {
        var index = (await _client.GetAsync($"/indexes('{_index}')")).Json!;
        Assert.Equal("standard_v2", index["analyzers"]![0]!["tokenizer"]!.GetValue<string>());
        Assert.Equal(
            (true, true, false),
            (
                index["tokenFilters"]![0]!["catenateWords"]!.GetValue<bool>(),
                index["tokenFilters"]![0]!["splitOnCaseChange"]!.GetValue<bool>(),
                index["tokenFilters"]![0]!["catenateAll"]!.GetValue<bool>()
            )
        );
        Assert.Equal("front", index["tokenFilters"]![1]!["side"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""[{"name":"a","@odata.type":"#Microsoft.Azure.Search.CustomAnalyzer","tokenizer":"pattern"}]""", "[]", 501)]
    [InlineData(
        """[{"name":"a","@odata.type":"#Microsoft.Azure.Search.CustomAnalyzer","tokenizer":"whitespace","tokenFilters":["shingle"]}]""",
        "[]",
        501
    )]
    [InlineData("""[{"name":"a","@odata.type":"#Microsoft.Azure.Search.PatternAnalyzer"}]""", "[]", 501)]
    [InlineData("""[{"name":"a","@odata.type":"#Microsoft.Azure.Search.CustomAnalyzer"}]""", "[]", 400)]
    [InlineData("""[{"name":"keyword","@odata.type":"#Microsoft.Azure.Search.CustomAnalyzer","tokenizer":"whitespace"}]""", "[]", 400)]
    [InlineData("[]", """[{"name":"_","@odata.type":"#Microsoft.Azure.Search.WordDelimiterTokenFilter"}]""", 400)]
    [InlineData("[]", """[{"name":"f","@odata.type":"#Microsoft.Azure.Search.WordDelimiterTokenFilter","splitOnCase":true}]""", 400)]
    [InlineData("[]", """[{"name":"f","@odata.type":"#Microsoft.Azure.Search.EdgeNGramTokenFilterV2","minGram":3,"maxGram":3}]""", 400)]
    [InlineData("[]", """[{"name":"f","@odata.type":"#Microsoft.Azure.Search.EdgeNGramTokenFilterV2","side":"back"}]""", 501)]
    [InlineData("[]", """[{"name":"f","@odata.type":"#Microsoft.Azure.Search.StemmerTokenFilter","language":"german"}]""", 501)]
    public async Task What_is_wrong_or_not_reproduced_is_refused(string analyzers, string filters, int status)
    {
        var answer = await _client.PostAsync(
            "/indexes",
            $$"""{"name":"{{TestIndex.NewName()}}","fields":[{"name":"id","type":"Edm.String","key":true}],"analyzers":{{analyzers}},"tokenFilters":{{filters}}}"""
        );
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task A_field_names_both_analyzers_or_neither()
    {
        var answer = await _client.PostAsync(
            "/indexes",
            $$"""{"name":"{{TestIndex.NewName()}}","fields":[{"name":"id","type":"Edm.String","key":true},"""
                + """{"name":"x","type":"Edm.String","indexAnalyzer":"simple"}]}"""
        );
        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public async Task Analyzers_are_added_only_where_the_index_may_be_offline_and_then_work()
    {
        var name = await _client.CreateIndexAsync("""{"name":"plain","type":"Edm.String"}""");
        await _client.UploadAsync(name, """{"id":"1","plain":"kept"}""");
        var body = (await _client.GetAsync($"/indexes('{name}')")).Json!.AsObject();
        var added = JsonNode.Parse($$"""{"fields":[{{Field}}]{{Analysis}}}""")!;
        body["fields"]!.AsArray().Add(added["fields"]![0]!.DeepClone());
        body["analyzers"] = added["analyzers"]!.DeepClone();
        body["tokenFilters"] = added["tokenFilters"]!.DeepClone();

        var refused = await _client.PutAsync($"/indexes('{name}')", body.ToJsonString());
        Assert.Equal((400, "OperationNotAllowed"), (refused.Status, refused.Code));
        Assert.Contains("allowIndexDowntime", refused.Message, StringComparison.Ordinal);
        Assert.Equal(200, (await _client.PutAsync($"/indexes('{name}')?allowIndexDowntime=true", body.ToJsonString())).Status);

        await _client.UploadAsync(name, """{"id":"2","name":"wiFi.png"}""");
        Assert.Equal("2", await FoundAsync(name, "wifi"));
        Assert.Equal("1", await FoundAsync(name, "kept"));

        body["tokenFilters"]![0]!["catenateWords"] = false;
        var changed = await _client.PutAsync($"/indexes('{name}')?allowIndexDowntime=true", body.ToJsonString());
        Assert.Equal((400, "OperationNotAllowed"), (changed.Status, changed.Code));
    }

    private async Task<string> FoundAsync(string index, string words) =>
        Assert.Single((await _client.SearchAsync(index, $$"""{"search":"{{words}}"}""")).Json!["value"]!.AsArray())![
            "id"
        ]!.GetValue<string>();
}
