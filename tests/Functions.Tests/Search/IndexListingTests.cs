using Azure;
using Azure.Search.Documents.Indexes;
using Functions.Tests.Pipeline;
using Serverless.Embeddings;
using Serverless.Search;

namespace Functions.Tests.Search;

/// <summary>Every document of an index is listed, whatever it lacks.</summary>
public sealed class IndexListingTests
{
    private static readonly EmbeddingModel Model = new("test", "r", "onnx", 2, null, ModelThresholds.Uncalibrated);

    [Fact]
    public async Task A_document_without_most_of_its_fields_is_listed_like_any_other()
    {
        await using var search = await SearchEmulatorProcess.StartAsync(0);
        var index = await IndexAsync(search);
        await index.UploadAsync(Document("a"), default);
        await search.Client("images").UploadDocumentsAsync([new Azure.Search.Documents.Models.SearchDocument { ["id"] = "bare" }]);
        Assert.Equal(["", "images/a"], await index.ListAsync(default).Select(document => document.Path).ToListAsync());
        Assert.Equal(2, (await index.ListAsync(null, 10, 0, default)).Count);
    }

    private static ImageDocument Document(string name) =>
        new()
        {
            Id = $"id-{name}",
            Path = $"images/{name}",
            UploadedAt = DateTimeOffset.UnixEpoch.AddDays(1),
            Embedding = [1, 0],
            Model = "test",
            ModelRevision = "r",
        };

    private static async Task<ImageIndex> IndexAsync(SearchEmulatorProcess search)
    {
        var creation = new IndexCreation(
            Microsoft.Extensions.Options.Options.Create(
                new SearchOptions
                {
                    Endpoint = search.Address,
                    ApiKey = "local-search-admin-key",
                    CertificateFile = search.CertificateFile,
                }
            )
        );
        var index = new ImageIndex(search.Indexes(), search.Client("images"), creation, Model);
        await index.EnsureAsync(default);
        return index;
    }
}

file static class Clients
{
    public static SearchIndexClient Indexes(this SearchEmulatorProcess search)
    {
        var endpoint = new Uri(search.Address);
        return new SearchIndexClient(
            endpoint,
            new AzureKeyCredential("local-search-admin-key"),
            new Azure.Search.Documents.SearchClientOptions { Transport = CertificatePin.Transport(endpoint, search.CertificateFile) }
        );
    }

    public static Azure.Search.Documents.SearchClient Client(this SearchEmulatorProcess search, string name) =>
        search.Indexes().GetSearchClient(name);
}
