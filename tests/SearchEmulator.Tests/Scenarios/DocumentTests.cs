using Azure;
using Azure.Search.Documents;
using Azure.Search.Documents.Models;
using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Scenarios;

public sealed class DocumentTests(SharedEmulator shared)
{
    [Fact]
    public async Task Each_action_reports_what_it_did()
    {
        var documents = await NewIndexAsync();
        var batch = IndexDocumentsBatch.Create(
            IndexDocumentsAction.Upload(Image("a", width: 1)),
            IndexDocumentsAction.Upload(Image("a", width: 2)),
            IndexDocumentsAction.Merge(Image("missing", width: 3)),
            IndexDocumentsAction.MergeOrUpload(Image("b", width: 4)),
            IndexDocumentsAction.Delete("id", "nothing")
        );
        var response = await documents.IndexDocumentsAsync(batch);

        Assert.Equal(207, response.GetRawResponse().Status);
        Assert.Equal([201, 200, 404, 201, 200], response.Value.Results.Select(result => result.Status));
        Assert.Equal("Document not found.", response.Value.Results[2].ErrorMessage);
        Assert.Equal(2, (await documents.GetDocumentAsync<SearchDocument>("a")).Value["width"]);
        Assert.Equal(2, (await documents.GetDocumentCountAsync()).Value);
    }

    [Fact]
    public async Task A_merge_changes_only_what_it_names_and_null_clears()
    {
        var documents = await NewIndexAsync();
        await documents.UploadDocumentsAsync([
            new SearchDocument
            {
                ["id"] = "a",
                ["path"] = "images/a",
                ["width"] = 7,
                ["tags"] = new[] { "x", "y" },
                ["vector"] = new[] { 1f, 2f, 3f },
            },
        ]);
        await documents.MergeDocumentsAsync([
            new SearchDocument
            {
                ["id"] = "a",
                ["width"] = null,
                ["tags"] = new[] { "z" },
            },
        ]);

        var merged = (await documents.GetDocumentAsync<SearchDocument>("a")).Value;
        Assert.Equal("images/a", merged["path"]);
        Assert.Null(merged["width"]);
        Assert.Equal(["z"], (object[])merged["tags"]);
        Assert.Equal([1d, 2d, 3d], ((object[])merged["vector"]).Select(Convert.ToDouble));
    }

    [Fact]
    public async Task Unset_fields_are_null_and_unset_collections_are_empty()
    {
        var documents = await NewIndexAsync();
        await documents.UploadDocumentsAsync([new SearchDocument { ["id"] = "a" }]);

        var read = (await documents.GetDocumentAsync<SearchDocument>("a")).Value;
        Assert.Equal(["id", "path", "container", "sha256", "width", "bytes", "uploadedAt", "tags", "vector"], read.Keys);
        Assert.Null(read["path"]);
        Assert.Empty((object[])read["tags"]);
        Assert.Empty((object[])read["vector"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("_leading")]
    [InlineData("a/b")]
    public async Task A_bad_key_fails_the_whole_batch(string key)
    {
        var documents = await NewIndexAsync();
        var error = await Assert.ThrowsAsync<RequestFailedException>(() => documents.UploadDocumentsAsync([Image("good"), Image(key)]));
        Assert.Equal(400, error.Status);
        Assert.Contains("actions : 1: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await documents.GetDocumentCountAsync()).Value);
    }

    [Fact]
    public async Task A_vector_of_the_wrong_length_fails_the_whole_batch()
    {
        var documents = await NewIndexAsync();
        var error = await Assert.ThrowsAsync<RequestFailedException>(() =>
            documents.UploadDocumentsAsync([new SearchDocument { ["id"] = "a", ["vector"] = new[] { 1f } }])
        );
        Assert.Equal(400, error.Status);
        Assert.Contains(
            "with dimension of '3', expects a length of '3'. However, the provided vector has a length of '1'",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_missing_document_is_a_404()
    {
        var documents = await NewIndexAsync();
        var error = await Assert.ThrowsAsync<RequestFailedException>(() => documents.GetDocumentAsync<SearchDocument>("nobody"));
        Assert.Equal(404, error.Status);
    }

    [Fact]
    public async Task More_than_a_thousand_actions_are_refused()
    {
        var documents = await NewIndexAsync();
        var ids = Enumerable.Range(0, 1001).Select(i => Image($"k{i}")).ToList();
        Assert.Equal(400, (await Assert.ThrowsAsync<RequestFailedException>(() => documents.UploadDocumentsAsync(ids))).Status);
        Assert.Equal(200, (await documents.UploadDocumentsAsync(ids[..1000])).GetRawResponse().Status);
    }

    private static SearchDocument Image(string id, int? width = null) => new() { ["id"] = id, ["width"] = width };

    private async Task<SearchClient> NewIndexAsync()
    {
        var name = TestIndex.NewName();
        await Clients.Indexes(shared.Process).CreateIndexAsync(TestIndex.Images(name));
        return Clients.Documents(shared.Process, name);
    }
}
