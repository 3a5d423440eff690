using Azure;
using Azure.Search.Documents;
using Azure.Search.Documents.Models;
using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Scenarios;

public sealed class VectorSearchTests(SharedEmulator shared) : IAsyncLifetime
{
    private SearchClient _documents = null!;

    public async ValueTask InitializeAsync()
    {
        var name = TestIndex.NewName();
        await Clients.Indexes(shared.Process).CreateIndexAsync(TestIndex.Images(name));
        _documents = Clients.Documents(shared.Process, name);
        await _documents.UploadDocumentsAsync([
            Image("same", [2, 0, 0], "images/a/1", "red"),
            Image("near", [4, 3, 0], "images/a/2", "red", "blue"),
            Image("right", [0, 1, 0], "images/b/1", "blue"),
            Image("opposite", [-1, 0, 0], "images/b/2"),
            new SearchDocument { ["id"] = "none", ["path"] = "images/a/3" },
        ]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Scores_are_those_of_the_cosine()
    {
        var results = await SearchAsync(
            new VectorizedQuery(new float[] { 1, 0, 0 }) { KNearestNeighborsCount = 10, Fields = { "vector" } }
        );
        Assert.Equal(["same", "near", "right", "opposite"], results.Select(result => result.Document["id"]));
        // cos 1, 0.8, 0 and -1 by 1 / (2 - cos)
        Assert.Equal([1, 1 / 1.2, 0.5, 1 / 3d], results.Select(result => result.Score!.Value), (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal(0.8, 2 - (1 / results[1].Score!.Value), 1e-6);
    }

    [Fact]
    public async Task Only_k_neighbours_come_back()
    {
        var results = await SearchAsync(
            new VectorizedQuery(new float[] { 1, 0, 0 })
            {
                KNearestNeighborsCount = 2,
                Exhaustive = true,
                Fields = { "vector" },
            }
        );
        Assert.Equal(["same", "near"], results.Select(result => result.Document["id"]));
    }

    [Theory]
    [InlineData("path ge 'images/a' and path lt 'images/b'", "same,near")]
    [InlineData("tags/any(t: t eq 'blue')", "near,right")]
    [InlineData("search.in(id,'right|opposite|none','|')", "right,opposite")]
    [InlineData("not (id eq 'same')", "near,right")]
    [InlineData("sha256 eq 'none such'", "")]
    public async Task A_filter_before_the_search_still_yields_k(string filter, string expected)
    {
        var results = await SearchAsync(
            new VectorizedQuery(new float[] { 1, 0, 0 }) { KNearestNeighborsCount = 2, Fields = { "vector" } },
            filter
        );
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), results.Select(result => result.Document["id"]));
    }

    [Fact]
    public async Task A_filter_after_the_search_can_leave_fewer()
    {
        var results = await SearchAsync(
            new VectorizedQuery(new float[] { 1, 0, 0 }) { KNearestNeighborsCount = 2, Fields = { "vector" } },
            "tags/any(t: t eq 'blue')",
            VectorFilterMode.PostFilter
        );
        Assert.Equal(["near"], results.Select(result => result.Document["id"]));
    }

    [Fact]
    public async Task A_query_vector_of_the_wrong_length_is_refused()
    {
        var error = await Assert.ThrowsAsync<RequestFailedException>(() =>
            SearchAsync(new VectorizedQuery(new float[] { 1 }) { Fields = { "vector" } })
        );
        Assert.Equal((400, "InvalidVectorQuery"), (error.Status, error.ErrorCode));
        Assert.Contains(
            "Query vector length must match the dimensionality of the field 'vector' in the vector field list",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_field_that_is_no_vector_is_refused()
    {
        var error = await Assert.ThrowsAsync<RequestFailedException>(() =>
            SearchAsync(new VectorizedQuery(new float[] { 1, 0, 0 }) { Fields = { "path" } })
        );
        Assert.Equal(400, error.Status);
        Assert.Contains("The field 'path' in the vector field list is not a vector field.", error.Message, StringComparison.Ordinal);
    }

    private static SearchDocument Image(string id, float[] vector, string path, params string[] tags) =>
        new()
        {
            ["id"] = id,
            ["vector"] = vector,
            ["path"] = path,
            ["tags"] = tags,
        };

    private async Task<List<SearchResult<SearchDocument>>> SearchAsync(
        VectorizedQuery query,
        string? filter = null,
        VectorFilterMode? mode = null
    )
    {
        var options = new SearchOptions
        {
            Filter = filter,
            VectorSearch = new VectorSearchOptions { Queries = { query }, FilterMode = mode },
        };
        var response = await _documents.SearchAsync<SearchDocument>(null, options);
        return await response.Value.GetResultsAsync().ToListAsync();
    }
}
