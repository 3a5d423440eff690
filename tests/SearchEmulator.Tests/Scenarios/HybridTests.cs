using System.Text.Json.Nodes;
using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Scenarios;

public sealed class HybridTests(SharedEmulator shared) : IAsyncLifetime
{
    private const string VectorSearch =
        ""","vectorSearch":{"profiles":[{"name":"p","algorithm":"a"}],"algorithms":[{"name":"a","kind":"exhaustiveKnn"}]}""";
    private RawClient _client = null!;
    private string _index = null!;

    public async ValueTask InitializeAsync()
    {
        _client = new RawClient(shared.Process);
        _index = await _client.CreateIndexAsync(
            """
            {"name":"text","type":"Edm.String"},{"name":"kind","type":"Edm.String"},
            {"name":"u","type":"Collection(Edm.Single)","dimensions":2,"vectorSearchProfile":"p"},
            {"name":"v","type":"Collection(Edm.Single)","dimensions":2,"vectorSearchProfile":"p"}
            """,
            VectorSearch
        );
        await _client.UploadAsync(
            _index,
            """{"id":"1","text":"sea sea sea","kind":"x","u":[1,0],"v":[0,1]}""",
            """{"id":"2","text":"sea and land","kind":"y","u":[0.9,0.1],"v":[0.1,0.9]}""",
            """{"id":"3","text":"land","kind":"x","u":[0,1],"v":[1,0]}""",
            """{"id":"4","text":"air"}"""
        );
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Words_and_a_vector_make_two_arms()
    {
        var found = await SearchAsync("""{"search":"sea","vectorQueries":[{"kind":"vector","vector":[1,0],"fields":"u","k":3}]}""");
        Assert.Equal([("1", 0.03333333507180214), ("2", 0.032786883413791656), ("3", 0.016129031777381897)], found);
    }

    [Fact]
    public async Task A_star_is_no_arm()
    {
        var found = await SearchAsync("""{"search":"*","vectorQueries":[{"kind":"vector","vector":[1,0],"fields":"u","k":1}]}""");
        Assert.Equal([("1", 1d)], found);
    }

    [Fact]
    public async Task Two_fields_of_one_query_make_two_arms()
    {
        var found = await SearchAsync("""{"vectorQueries":[{"kind":"vector","vector":[1,0],"fields":"u,v","k":1}]}""");
        Assert.Equal([("1", 0.01666666753590107), ("3", 0.01666666753590107)], found);
    }

    [Fact]
    public async Task Weights_scale_their_arms()
    {
        var found = await SearchAsync(
            """{"vectorQueries":[{"kind":"vector","vector":[1,0],"fields":"u","k":1,"weight":2},{"kind":"vector","vector":[0,"""
                + """1],"fields":"v","k":1,"weight":0.5}]}"""
        );
        Assert.Equal([("1", 0.0416666679084301)], found);
    }

    [Fact]
    public async Task A_filter_holds_for_every_arm()
    {
        var found = await SearchAsync(
            """{"search":"sea","filter":"kind eq 'x'","vectorQueries":[{"kind":"vector","vector":[1,0],"fields":"u","k":3}]}"""
        );
        Assert.Equal([("1", 0.03333333507180214), ("3", 0.016393441706895828)], found);
        var after = await SearchAsync(
            """{"search":"sea","filter":"kind eq """
                + """'x'","vectorFilterMode":"postFilter","vectorQueries":[{"kind":"vector","vector":[1,0],"fields":"u","k":2}]}"""
        );
        Assert.Equal([("1", 0.03333333507180214)], after);
    }

    [Fact]
    public async Task A_threshold_cuts_its_arm_before_the_fusion()
    {
        var found = await SearchAsync(
            """{"vectorQueries":[{"kind":"vector","vector":[1,"""
                + """0],"fields":"u","k":3,"threshold":{"kind":"vectorSimilarity","value":0.9}}]}"""
        );
        Assert.Equal(["1", "2"], found.Select(each => each.Id));
    }

    [Fact]
    public async Task The_text_arm_can_be_shortened()
    {
        var found = await SearchAsync(
            """{"search":"sea","hybridSearch":{"maxTextRecallSize":1},"vectorQueries":[{"kind":"vector","vector":[0,"""
                + """1],"fields":"u","k":1}]}"""
        );
        Assert.Equal(["1", "3"], found.Select(each => each.Id));
    }

    private async Task<List<(string Id, double Score)>> SearchAsync(string body)
    {
        var answer = await _client.SearchAsync(_index, body);
        Assert.True(answer.Status == 200, answer.Text);
        return
        [
            .. answer.Json!["value"]!
                .AsArray()
                .Select(each => (each!["id"]!.GetValue<string>(), each["@search.score"]!.GetValue<double>())),
        ];
    }
}
