using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Search.Documents.Indexes;
using Functions.Tests.Pipeline;
using Microsoft.Extensions.Options;
using Serverless.Embeddings;
using Serverless.Search;
using SearchOptions = Serverless.Search.SearchOptions;

namespace Functions.Tests.Search;

/// <summary>What reconciling reads: every document, while others come and go.</summary>
public sealed class ImageListTests
{
    private const int MostRequests = 20;

    private static readonly EmbeddingModel Model = new("Some/Model", "0123456789abcdef", "onnx", 2, null, ModelThresholds.Uncalibrated);

    /// <summary>Storage tells the time of an upload in whole seconds, so that many images have the same.</summary>
    private static readonly DateTimeOffset SameSecond = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public async Task An_image_indexed_between_two_pages_at_the_same_second_does_not_make_the_list_endless()
    {
        await using var search = await SearchEmulatorProcess.StartAsync(0);
        var index = await IndexAsync(search);
        await Task.WhenAll(new[] { "m", "n", "o" }.Select(name => index.UploadAsync(Document(name), default)));
        var listed = new List<string>();
        await foreach (var document in index.ListAsync(default))
        {
            listed.Add(document.Id);
            if (listed.Count == 3)
            {
                await index.UploadAsync(Document("a"), default);
            }
        }

        Assert.Equal(["m", "n", "o"], listed.Order(StringComparer.Ordinal).Where(id => id != "a"));
    }

    private static async Task<ImageIndex> IndexAsync(SearchEmulatorProcess search)
    {
        var options = new SearchOptions
        {
            Endpoint = search.Address,
            ApiKey = "local-search-admin-key",
            CertificateFile = search.CertificateFile,
        };
        var creation = new IndexCreation(Options.Create(options));
        await creation.CreateAsync(IndexDefinition.Of("images", Model), default);
        var client = SearchServices.ClientOptions(options);
        client.AddPolicy(new Limit(), HttpPipelinePosition.PerCall);
        var indexes = new SearchIndexClient(new Uri(search.Address), new AzureKeyCredential(options.ApiKey), client);
        return new ImageIndex(indexes, indexes.GetSearchClient("images"), creation, Model);
    }

    private static ImageDocument Document(string name) =>
        new()
        {
            Id = name,
            Path = $"images/{name}.jpg",
            UploadedAt = SameSecond,
            Embedding = [1, 0],
        };

    /// <summary>What asks without end is a failure, not a hang.</summary>
    private sealed class Limit : HttpPipelineSynchronousPolicy
    {
        private int requests;

        public override void OnSendingRequest(HttpMessage message) =>
            Assert.True(Interlocked.Increment(ref requests) <= MostRequests, $"{MostRequests} requests, and no end: {message.Request.Uri}");
    }
}
