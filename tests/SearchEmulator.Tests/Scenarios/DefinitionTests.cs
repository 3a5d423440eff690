using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Scenarios;

public sealed class DefinitionTests(SharedEmulator shared)
{
    private const string Key = """{"name":"id","type":"Edm.String","key":true}""";
    private const string Vectors = """ {"profiles":[{"name":"p","algorithm":"a"}],"algorithms":[{"name":"a","kind":"hnsw"}]}""";

    [Theory]
    [InlineData("Bad_Name", Key, "Invalid index name: 'Bad_Name'")]
    [InlineData("a--b", Key, "Invalid index name: 'a--b'")]
    [InlineData("x", Key, "Invalid index name: 'x'")]
    [InlineData(
        "ok",
        """{"name":"id","type":"Edm.String"}""",
        "Found 0 key fields in index 'ok'. Each index must have exactly one key field."
    )]
    [InlineData("ok", Key + """,{"name":"id2","type":"Edm.String","key":true}""", "Found 2 key fields in index 'ok'.")]
    [InlineData("ok", """{"name":"id","type":"Edm.Int32","key":true}""", "must be a top-level field of type Edm.String")]
    [InlineData("ok", Key + """,{"name":"1x","type":"Edm.String"}""", "Invalid field name: '1x'")]
    [InlineData("ok", Key + """,{"name":"x","type":"Edm.Text"}""", "unknown type 'Edm.Text'")]
    [InlineData("ok", Key + """,{"name":"x","type":"Edm.Single"}""", "unknown type 'Edm.Single'")]
    [InlineData(
        "ok",
        Key + """,{"name":"x","type":"Edm.String"},{"name":"X","type":"Edm.String"}""",
        "There is more than one field named 'X'."
    )]
    [InlineData("ok", Key + """,{"name":"x","type":"Edm.Int32","searchable":true}""", "cannot be searchable")]
    [InlineData("ok", Key + """,{"name":"x","type":"Collection(Edm.String)","sortable":true}""", "cannot be sortable")]
    [InlineData(
        "ok",
        Key + """,{"name":"v","type":"Collection(Edm.Single)","vectorSearchProfile":"p"}""",
        "The vector field 'v' must have the property 'dimensions' set."
    )]
    [InlineData(
        "ok",
        Key + """,{"name":"v","type":"Collection(Edm.Single)","dimensions":1,"vectorSearchProfile":"p"}""",
        "must have between 2 and 4096"
    )]
    [InlineData(
        "ok",
        Key + """,{"name":"v","type":"Collection(Edm.Single)","dimensions":3,"vectorSearchProfile":"q"}""",
        "uses a vector search algorithm configuration 'q' which is not defined."
    )]
    [InlineData(
        "ok",
        Key + """,{"name":"v","type":"Collection(Edm.Single)","dimensions":3,"vectorSearchProfile":"p","filterable":true}""",
        "cannot be filterable, sortable or facetable"
    )]
    [InlineData(
        "ok",
        Key + """,{"name":"x","type":"Edm.String","retrievable":true,"stored":false}""",
        "A retrievable field must be stored."
    )]
    public async Task A_bad_definition_is_refused(string name, string fields, string message)
    {
        using var client = new RawClient(shared.Process);
        var answer = await client.PostAsync("/indexes", $$"""{"name":"{{name}}","fields":[{{fields}}],"vectorSearch":{{Vectors[1..]}}}""");
        Assert.Equal(400, answer.Status);
        Assert.StartsWith("The request is invalid. Details: definition : ", answer.Message, StringComparison.Ordinal);
        Assert.Contains(message, answer.Message, StringComparison.Ordinal);
        Assert.NotNull(answer.Detail);
    }

    [Theory]
    [InlineData(""" "analyzers":[{"name":"mine"}] """)]
    [InlineData(""" "defaultScoringProfile":"p" """)]
    [InlineData(""" "encryptionKey":{"keyVaultUri":"x"} """)]
    public async Task A_definition_that_asks_for_more_than_there_is_says_so(string rest)
    {
        using var client = new RawClient(shared.Process);
        Assert.Equal(
            501,
            (await client.PostAsync("/indexes", $$"""{"name":"{{TestIndex.NewName()}}","fields":[{{Key}}],{{rest}}}""")).Status
        );
    }

    [Fact]
    public async Task An_unknown_analyzer_is_named()
    {
        using var client = new RawClient(shared.Process);
        var answer = await client.PostAsync(
            "/indexes",
            $$"""{"name":"ok","fields":[{{Key}},{"name":"x","type":"Edm.String","analyzer":"ja.microsoft"}]}"""
        );
        Assert.Equal(501, answer.Status);
        Assert.Contains("ja.microsoft", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conditions_on_the_tag_hold_for_creation_too()
    {
        using var client = new RawClient(shared.Process);
        var name = TestIndex.NewName();
        var body = $$"""{"name":"{{name}}","fields":[{{Key}}]}""";
        Assert.Equal(412, (await client.SendAsync(HttpMethod.Put, $"/indexes('{name}')", body, ("If-Match", "*"))).Status);
        Assert.Equal(201, (await client.SendAsync(HttpMethod.Put, $"/indexes('{name}')", body, ("If-None-Match", "*"))).Status);
        Assert.Equal(412, (await client.SendAsync(HttpMethod.Put, $"/indexes('{name}')", body, ("If-None-Match", "*"))).Status);
        Assert.Equal(200, (await client.SendAsync(HttpMethod.Put, $"/indexes('{name}')", body, ("If-Match", "*"))).Status);
    }

    [Fact]
    public async Task Documents_keep_their_values_when_fields_are_added_in_front()
    {
        using var client = new RawClient(shared.Process);
        var name = await client.CreateIndexAsync(
            """{"name":"a","type":"Edm.Int32"},{"name":"c","type":"Edm.ComplexType","fields":[{"name":"x","type":"Edm.String"}]}"""
        );
        await client.UploadAsync(name, """{"id":"1","a":7,"c":{"x":"y"}}""");
        var answer = await client.PutAsync(
            $"/indexes('{name}')",
            $$"""
            {"name":"{{name}}","fields":[{"name":"new","type":"Edm.String"},{"name":"c","type":"Edm.ComplexType","fields":[{"name":"w","type":"Edm.Boolean"},{"name":"x","type":"Edm.String"}]},
            {"name":"id","type":"Edm.String","key":true,"searchable":false},{"name":"a","type":"Edm.Int32"}]}
            """
        );
        Assert.Equal(200, answer.Status);
        var document = (await client.SearchAsync(name, """{"filter":"a eq 7 and c/x eq 'y'"}""")).Json!["value"]![0]!;
        Assert.Equal("""{"@search.score":1.0,"new":null,"c":{"w":null,"x":"y"},"id":"1","a":7}""", document.ToJsonString());
    }
}
