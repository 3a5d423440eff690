using Azure;
using Azure.Search.Documents.Indexes;
using Azure.Search.Documents.Indexes.Models;
using Azure.Search.Documents.Models;
using Functions.Tests.Pipeline;
using Microsoft.Extensions.Options;
using Serverless.Embeddings;
using Serverless.Search;
using SearchOptions = Serverless.Search.SearchOptions;

namespace Functions.Tests.Search;

/// <summary>An index that an older version made gets the fields of today, and keeps what is in it.</summary>
public sealed class IndexUpgradeTests
{
    private static readonly EmbeddingModel Model = new("test", "r", "onnx", 2, null, ModelThresholds.Uncalibrated);

    [Fact]
    public async Task An_older_index_gets_fields_and_analyzers_and_its_documents_stay()
    {
        await using var search = await SearchEmulatorProcess.StartAsync(0);
        var options = Options.Create(
            new SearchOptions
            {
                Endpoint = search.Address,
                ApiKey = "local-search-admin-key",
                CertificateFile = search.CertificateFile,
            }
        );
        var indexes = new SearchIndexClient(
            new Uri(search.Address),
            new AzureKeyCredential("local-search-admin-key"),
            SearchServices.ClientOptions(options.Value)
        );
        await indexes.CreateIndexAsync(Older(IndexDefinition.Of("images", Model)));
        var documents = indexes.GetSearchClient("images");
        await documents.UploadDocumentsAsync([new SearchDocument { ["id"] = "old", ["path"] = "images/old.jpg" }]);

        var index = new ImageIndex(indexes, documents, new IndexCreation(options), Model);
        await Task.WhenAll(index.EnsureAsync(default), index.EnsureAsync(default));
        await index.EnsureAsync(default);

        Assert.False(IndexDefinition.Of("images", Model).IsMoreThan(await indexes.GetIndexAsync("images")));
        Assert.Equal(0, Assert.Single(await index.ListAsync(default).ToListAsync()).WordsVersion);
        await documents.UploadDocumentsAsync([new ImageDocument { Id = "new", Words = ["StairCase.png", "StairCase"] }]);
        var found = await new WordIndex(documents).FindAsync(WordQuery.Of("staircase")!, 5, null, default);
        Assert.Equal(("new", Completeness.Whole), Assert.Single(found.All.Select(hit => (hit.Id, hit.Completeness))));
    }

    /// <summary>As it was before images had words.</summary>
    private static SearchIndex Older(IndexDefinition definition)
    {
        const string Algorithm = "hnsw";
        var index = new SearchIndex(definition.Name)
        {
            VectorSearch = new VectorSearch
            {
                Profiles = { new VectorSearchProfile(definition.Profile, Algorithm) },
                Algorithms = { new HnswAlgorithmConfiguration(Algorithm) },
            },
        };
        foreach (var field in definition.Fields.Where(field => Before.Contains(field.Name)))
        {
            index.Fields.Add(
                new SearchField(field.Name, new SearchFieldDataType(field.Type))
                {
                    IsKey = field.Name == "id",
                    IsSortable = field.Name is "path" or "uploadedAt",
                    IsFilterable = field.Dimensions is null,
                    IsSearchable = field.Dimensions is not null,
                    VectorSearchDimensions = field.Dimensions,
                    VectorSearchProfileName = field.Dimensions is null ? null : definition.Profile,
                }
            );
        }

        return index;
    }

    private static readonly HashSet<string> Before =
    [
        .. "id path folders sha256 format width height bytes uploadedAt verdict tags model modelRevision embedding".Split(' '),
    ];
}
