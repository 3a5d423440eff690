using System.Text.Json.Nodes;
using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Scenarios;

/// <summary>What the SDKs hide: keys, versions, headers, error bodies, both spellings of a route.</summary>
public sealed class WireTests(SharedEmulator shared)
{
    private const string Fields = """{"name":"title","type":"Edm.String"},{"name":"rating","type":"Edm.Int32"}""";

    [Fact]
    public async Task Without_a_key_nothing_is_answered()
    {
        using var client = new RawClient(shared.Process, key: null);
        var answer = await client.GetAsync("/indexes");
        Assert.Equal(403, answer.Status);
        Assert.NotNull(answer.Json!["error"]);
    }

    [Fact]
    public async Task A_query_key_reads_documents_and_nothing_else()
    {
        using var admin = new RawClient(shared.Process);
        var index = await admin.CreateIndexAsync(Fields);
        using var client = new RawClient(shared.Process, EmulatorProcess.QueryKey);
        Assert.Equal(200, (await client.SearchAsync(index, "{}")).Status);
        Assert.Equal(200, (await client.GetAsync($"/indexes('{index}')/docs")).Status);
        Assert.Equal(200, (await client.GetAsync($"/indexes('{index}')/docs/$count")).Status);
        Assert.Equal(404, (await client.GetAsync($"/indexes('{index}')/docs('x')")).Status);
        Assert.Equal(403, (await client.UploadAsync(index, """{"id":"1"}""")).Status);
        Assert.Equal(403, (await client.GetAsync($"/indexes('{index}')")).Status);
        Assert.Equal(403, (await client.SendAsync(HttpMethod.Delete, $"/indexes('{index}')")).Status);
        Assert.Equal(403, (await client.GetAsync("/emulator/faults")).Status);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("2019-05-06", 400)]
    [InlineData("2023-11-01", 200)]
    [InlineData("2025-09-01", 200)]
    [InlineData("2026-04-01", 200)]
    public async Task Only_known_versions_are_answered(string version, int status)
    {
        using var client = new RawClient(shared.Process) { Version = version };
        Assert.Equal(status, (await client.GetAsync("/indexes")).Status);
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_of_the_service()
    {
        using var client = new RawClient(shared.Process);
        var answer = await client.SendAsync(
            HttpMethod.Get,
            "/servicestats",
            null,
            ("x-ms-client-request-id", "abc"),
            ("x-ms-return-client-request-id", "true")
        );
        Assert.True(Guid.TryParse(answer.Header("request-id"), out _));
        Assert.True(long.TryParse(answer.Header("elapsed-time"), out _));
        Assert.Equal("4.0", answer.Header("OData-Version"));
        Assert.Equal("abc", answer.Header("client-request-id"));
        var error = await client.GetAsync("/indexes('none')");
        Assert.Equal(("en", "no-cache"), (error.Header("Content-Language"), error.Header("Cache-Control")));
    }

    [Fact]
    public async Task A_created_index_is_echoed_in_full_with_what_it_did_not_say()
    {
        using var client = new RawClient(shared.Process);
        var name = TestIndex.NewName();
        var answer = await client.PostAsync(
            "/indexes",
            $$$"""{"name":"{{{name}}}","fields":[{"name":"id","type":"Edm.String","key":true},"""
                + """{"name":"n","type":"Edm.Double"}],"future":{"x":1}}"""
        );
        Assert.Equal(201, answer.Status);
        Assert.Equal($"{shared.Process.Address}indexes('{name}')?api-version=2024-07-01", answer.Header("Location"));
        Assert.Equal(answer.Header("ETag"), answer.Json!["@odata.etag"]!.GetValue<string>());
        Assert.EndsWith("/$metadata#indexes/$entity", answer.Json["@odata.context"]!.GetValue<string>(), StringComparison.Ordinal);
        var field = answer.Json["fields"]![1]!;
        Assert.Equal(
            """{"name":"n","type":"Edm.Double","searchable":false,"filterable":true,"retrievable":true,"stored":true,"sortable":true,"facetable":true,"key":false,"indexAnalyzer":null,"searchAnalyzer":null,"analyzer":null,"normalizer":null,"dimensions":null,"vectorSearchProfile":null,"vectorEncoding":null,"synonymMaps":[]}""",
            field.ToJsonString()
        );
        Assert.Equal("""{"x":1}""", answer.Json["future"]!.ToJsonString());

        using var older = new RawClient(shared.Process) { Version = "2023-11-01" };
        Assert.Null(
            (await older.GetAsync($"/indexes('{name}')")).Json!["fields"]![1]!
                .AsObject()
                .Select(property => property.Key)
                .FirstOrDefault(key => key == "stored")
        );
    }

    [Fact]
    public async Task Both_spellings_of_every_route_lead_to_the_same_place()
    {
        using var client = new RawClient(shared.Process);
        var index = await client.CreateIndexAsync(Fields);
        Assert.Equal(200, (await client.PostAsync($"/indexes/{index}/docs/index", """{"value":[{"id":"a","rating":1}]}""")).Status);
        Assert.Equal(
            (await client.GetAsync($"/indexes('{index}')/docs('a')")).Text,
            (await client.GetAsync($"/indexes/{index}/docs/a")).Text
        );
        Assert.Equal(
            (await client.GetAsync($"/indexes('{index}')/docs/$count")).Text,
            (await client.GetAsync($"/indexes/{index}/docs/%24count")).Text
        );
        Assert.Equal((await client.SearchAsync(index, "{}")).Text, (await client.PostAsync($"/indexes/{index}/docs/search", "{}")).Text);
        Assert.Equal(
            (await client.GetAsync($"/indexes('{index}')/search.stats")).Text,
            (await client.GetAsync($"/indexes/{index}/stats")).Text
        );
        Assert.Equal((await client.GetAsync($"/indexes('{index}')")).Text, (await client.GetAsync($"/indexes/{index}")).Text);
    }

    [Fact]
    public async Task A_key_may_hold_anything_where_the_client_insists()
    {
        using var client = new RawClient(shared.Process);
        var index = await client.CreateIndexAsync(Fields);
        var uploaded = await client.PostAsync(
            $"/indexes('{index}')/docs/search.index?allowUnsafeKeys=true",
            """{"value":[{"id":"a/b c='d'","rating":1}]}"""
        );
        Assert.Equal(200, uploaded.Status);
        Assert.Equal(1, (await client.GetAsync($"/indexes('{index}')/docs('a%2Fb%20c%3D%27%27d%27%27')")).Json!["rating"]!.GetValue<int>());
    }

    [Fact]
    public async Task Counts_are_text_and_a_missing_document_has_no_body()
    {
        using var client = new RawClient(shared.Process);
        var index = await client.CreateIndexAsync(Fields);
        var count = await client.GetAsync($"/indexes('{index}')/docs/$count");
        Assert.Equal(("text/plain", "0"), (count.Response.Content.Headers.ContentType!.MediaType, count.Text.TrimStart('\uFEFF')));
        var missing = await client.GetAsync($"/indexes('{index}')/docs('none')");
        Assert.Equal((404, string.Empty), (missing.Status, missing.Text));
    }

    [Fact]
    public async Task A_missing_index_is_told_in_the_words_of_the_service()
    {
        using var client = new RawClient(shared.Process);
        var management = await client.GetAsync("/indexes('nowhere')");
        Assert.Equal((404, "OperationNotAllowed", "IndexNotFoundInService"), (management.Status, management.Code, management.Detail));
        Assert.StartsWith("No index with the name 'nowhere' was found in a service named '", management.Message, StringComparison.Ordinal);
        var documents = await client.SearchAsync("nowhere", "{}");
        Assert.Equal((404, string.Empty), (documents.Status, documents.Code));
        Assert.Matches("^The index 'nowhere' for service '.+' was not found.$", documents.Message);
    }

    [Theory]
    [InlineData("""{"id":"1","nothing":1}""", "The property 'nothing' does not exist on type 'search.documentFields'.")]
    [InlineData(
        """{"id":"1","rating":"high"}""",
        "Cannot convert the value 'high' of the property 'rating' to the expected type 'Edm.Int32'."
    )]
    [InlineData("""{"id":"1","rating":1.5}""", "Cannot convert the value '1.5'")]
    [InlineData("""{"rating":1}""", "actions : 0: Document key cannot be missing or empty.")]
    [InlineData("""{"id":null}""", "actions : 0: Document key cannot be missing or empty.")]
    [InlineData("""{"id":"1","@search.action":"replace"}""", "Invalid indexing action 'replace'.")]
    [InlineData("""{"id":"\ud800"}""", "not valid")]
    public async Task A_malformed_document_fails_the_whole_batch(string document, string message)
    {
        using var client = new RawClient(shared.Process);
        var index = await client.CreateIndexAsync(Fields);
        var answer = await client.UploadAsync(index, """{"id":"good"}""".Replace("good", "g", StringComparison.Ordinal), document);
        Assert.Equal(400, answer.Status);
        Assert.Contains(message.Replace("actions : 0", "actions : 1", StringComparison.Ordinal), answer.Message, StringComparison.Ordinal);
        Assert.Equal("0", (await client.GetAsync($"/indexes('{index}')/docs/$count")).Text.TrimStart('\uFEFF'));
    }

    [Theory]
    [InlineData("""{"serach":"x"}""", "The property 'serach' does not exist")]
    [InlineData("""{"top":-1}""", "Parameter name: $top")]
    [InlineData("""{"skip":100001}""", "Parameter name: $skip")]
    [InlineData(
        """{"select":"nothing"}""",
        "Invalid expression: Could not find a property named 'nothing' on type 'search.document'.\r\nParameter name: $select"
    )]
    [InlineData(
        """{"orderby":"nothing"}""",
        "Could not find a property named 'nothing' on type 'search.document'.\r\nParameter name: $orderby"
    )]
    [InlineData("""{"queryType":"other"}""", "Invalid value 'other' for the parameter 'queryType'")]
    [InlineData("""{"searchFields":"rating","search":"x"}""", "is not searchable")]
    [InlineData("""{"facets":["nothing"]}""", "Could not find a property named 'nothing'")]
    [InlineData(
        """{"vectorQueries":[{"kind":"vector","vector":[1],"fields":"nothing"}]}""",
        "Unknown field 'nothing' in vector field list."
    )]
    [InlineData("""[1]""", "The request is invalid.")]
    [InlineData("""{"search":""", "The request is invalid.")]
    public async Task A_malformed_search_is_a_bad_request(string body, string message)
    {
        using var client = new RawClient(shared.Process);
        var index = await client.CreateIndexAsync(Fields);
        var answer = await client.SearchAsync(index, body);
        Assert.Equal(400, answer.Status);
        Assert.Contains(message, answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/indexers")]
    [InlineData("POST", "/datasources")]
    [InlineData("GET", "/skillsets('x')")]
    [InlineData("PUT", "/synonymmaps('x')")]
    [InlineData("GET", "/aliases")]
    [InlineData("GET", "/knowledgebases")]
    [InlineData("POST", "/indexes('x')/docs/search.post.suggest")]
    [InlineData("POST", "/indexes('x')/docs/search.post.autocomplete")]
    [InlineData("POST", "/indexes('x')/search.analyze")]
    public async Task What_is_not_reproduced_says_so(string method, string path)
    {
        using var client = new RawClient(shared.Process);
        var answer = await client.SendAsync(new HttpMethod(method), path, method == "GET" ? null : "{}");
        Assert.Equal((501, "NotImplemented"), (answer.Status, answer.Code));
        Assert.StartsWith("This emulator does not reproduce ", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"queryType":"semantic","search":"x"}""")]
    [InlineData("""{"semanticConfiguration":"x"}""")]
    [InlineData("""{"scoringProfile":"x"}""")]
    [InlineData("""{"vectorQueries":[{"kind":"text","text":"x","fields":"v"}]}""")]
    [InlineData("""{"speller":"lexicon"}""")]
    public async Task A_search_that_asks_for_more_than_there_is_says_so(string body)
    {
        using var client = new RawClient(shared.Process);
        Assert.Equal(501, (await client.SearchAsync(await client.CreateIndexAsync(Fields), body)).Status);
    }

    [Fact]
    public async Task More_than_sixteen_megabytes_are_too_large()
    {
        using var client = new RawClient(shared.Process);
        var index = await client.CreateIndexAsync(Fields);
        var answer = await client.UploadAsync(index, $$"""{"id":"1","title":"{{new string('x', 16 << 20)}}"}""");
        Assert.Equal(413, answer.Status);
    }

    [Fact]
    public async Task A_search_by_GET_pages_by_link()
    {
        using var client = new RawClient(shared.Process);
        var index = await client.CreateIndexAsync(Fields);
        await client.UploadAsync(index, [.. Enumerable.Range(0, 70).Select(i => $$"""{"id":"{{i}}","rating":{{i}}}""")]);
        var first = await client.GetAsync(
            $"/indexes('{index}')/docs?search=*&$count=true&$orderby=rating%20desc&$filter=rating%20ge%205&facet=rating,"
                + "count:1&$select=rating"
        );
        Assert.Equal(65, first.Json!["@odata.count"]!.GetValue<int>());
        Assert.Equal(50, first.Json["value"]!.AsArray().Count);
        Assert.Equal(69, first.Json["value"]![0]!["rating"]!.GetValue<int>());
        Assert.Null(first.Json["@search.nextPageParameters"]);
        using var plain = new RawClient(shared.Process) { Version = string.Empty };
        var second = await plain.GetAsync(new Uri(first.Json["@odata.nextLink"]!.GetValue<string>()).PathAndQuery);
        Assert.Equal(15, second.Json!["value"]!.AsArray().Count);
        Assert.Null(second.Json["@odata.nextLink"]);
    }

    [Fact]
    public async Task Misspelt_dollar_parameters_of_a_client_do_no_harm()
    {
        using var client = new RawClient(shared.Process);
        var index = await client.CreateIndexAsync(Fields);
        await client.UploadAsync(index, """{"id":"a"}""");
        Assert.Equal(200, (await client.GetAsync($"/indexes('{index}')/docs('a')?%2524select=id")).Status);
        Assert.Equal(
            """{"id":"a"}""",
            WithoutContext((await client.GetAsync($"/indexes('{index}')/docs('a')?%24select=id")).Json!).ToJsonString()
        );
    }

    [Fact]
    public async Task Pages_of_the_allowed_origins_may_search()
    {
        using var client = new RawClient(shared.Process);
        var index = await client.CreateIndexAsync(
            Fields,
            ""","corsOptions":{"allowedOrigins":["https://page.example"],"maxAgeInSeconds":60}"""
        );
        using var stranger = new RawClient(shared.Process, key: null);
        var preflight = await stranger.SendAsync(
            HttpMethod.Options,
            $"/indexes('{index}')/docs/search.post.search",
            null,
            ("Origin", "https://page.example"),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "api-key")
        );
        Assert.Equal(
            (200, "https://page.example", "api-key", "60"),
            (
                preflight.Status,
                preflight.Header("Access-Control-Allow-Origin"),
                preflight.Header("Access-Control-Allow-Headers"),
                preflight.Header("Access-Control-Max-Age")
            )
        );
        var other = await client.SendAsync(HttpMethod.Post, $"/indexes('{index}')/docs/search", "{}", ("Origin", "https://other.example"));
        Assert.Null(other.Header("Access-Control-Allow-Origin"));
        var own = await client.SendAsync(HttpMethod.Post, $"/indexes('{index}')/docs/search", "{}", ("Origin", "https://page.example"));
        Assert.Equal("https://page.example", own.Header("Access-Control-Allow-Origin"));
    }

    private static JsonObject WithoutContext(JsonNode json)
    {
        var plain = json.DeepClone().AsObject();
        plain.Remove("@odata.context");
        return plain;
    }
}
