using Azure;
using Azure.Search.Documents.Indexes.Models;
using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Scenarios;

public sealed class IndexTests(SharedEmulator shared)
{
    [Fact]
    public async Task An_index_is_created_read_listed_and_deleted()
    {
        var client = Clients.Indexes(shared.Process);
        var name = TestIndex.NewName();

        var created = await client.CreateIndexAsync(TestIndex.Images(name));
        Assert.Equal(201, created.GetRawResponse().Status);
        Assert.NotNull(created.Value.ETag);

        var read = (await client.GetIndexAsync(name)).Value;
        Assert.Equal(created.Value.ETag, read.ETag);
        Assert.Equal(
            ["id", "path", "container", "sha256", "width", "bytes", "uploadedAt", "tags", "vector"],
            read.Fields.Select(field => field.Name)
        );
        Assert.Equal(TestIndex.Dimensions, read.Fields.Single(field => field.Name == "vector").VectorSearchDimensions);
        var hnsw = Assert.IsType<HnswAlgorithmConfiguration>(read.VectorSearch.Algorithms.Single());
        Assert.Equal((4, 400, 500), (hnsw.Parameters.M, hnsw.Parameters.EfConstruction, hnsw.Parameters.EfSearch));

        Assert.Contains(name, await client.GetIndexNamesAsync().ToListAsync());
        Assert.Equal(204, (await client.DeleteIndexAsync(name)).Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => client.GetIndexAsync(name))).Status);
        Assert.DoesNotContain(name, await client.GetIndexNamesAsync().ToListAsync());
    }

    [Fact]
    public async Task A_second_index_of_the_same_name_is_refused()
    {
        var client = Clients.Indexes(shared.Process);
        var name = TestIndex.NewName();
        await client.CreateIndexAsync(TestIndex.Images(name));

        var error = await Assert.ThrowsAsync<RequestFailedException>(() => client.CreateIndexAsync(TestIndex.Images(name)));
        Assert.Equal((400, "ResourceNameAlreadyInUse"), (error.Status, error.ErrorCode));
        Assert.Contains($"Cannot create index '{name}' because it already exists.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_tag_stops_an_update_and_a_deletion()
    {
        var client = Clients.Indexes(shared.Process);
        var stale = (await client.CreateIndexAsync(TestIndex.Images(TestIndex.NewName()))).Value;
        var current = (await client.GetIndexAsync(stale.Name)).Value;
        current.Fields.Add(new SimpleField("extra", SearchFieldDataType.Boolean));
        var updated = await client.CreateOrUpdateIndexAsync(current, onlyIfUnchanged: true);
        Assert.Equal(200, updated.GetRawResponse().Status);
        Assert.NotEqual(stale.ETag, updated.Value.ETag);

        var update = await Assert.ThrowsAsync<RequestFailedException>(() => client.CreateOrUpdateIndexAsync(stale, onlyIfUnchanged: true));
        Assert.Equal(412, update.Status);
        var deletion = await Assert.ThrowsAsync<RequestFailedException>(() => client.DeleteIndexAsync(stale, onlyIfUnchanged: true));
        Assert.Equal(412, deletion.Status);
        Assert.Equal(204, (await client.DeleteIndexAsync(updated.Value, onlyIfUnchanged: true)).Status);
    }

    [Fact]
    public async Task A_field_can_be_added_but_not_changed_or_removed()
    {
        var client = Clients.Indexes(shared.Process);
        var index = TestIndex.Images(TestIndex.NewName());
        await client.CreateOrUpdateIndexAsync(index);
        index.Fields.Single(field => field.Name == "width").IsFilterable = false;
        var changed = await Assert.ThrowsAsync<RequestFailedException>(() => client.CreateOrUpdateIndexAsync(index));
        Assert.Equal((400, "OperationNotAllowed"), (changed.Status, changed.ErrorCode));
        Assert.Contains("Existing field 'width' cannot be changed.", changed.Message, StringComparison.Ordinal);

        index.Fields.Remove(index.Fields.Single(field => field.Name == "width"));
        Assert.Equal(400, (await Assert.ThrowsAsync<RequestFailedException>(() => client.CreateOrUpdateIndexAsync(index))).Status);
    }

    [Fact]
    public async Task Statistics_count_documents_and_the_bytes_of_their_vectors()
    {
        var client = Clients.Indexes(shared.Process);
        var name = TestIndex.NewName();
        await client.CreateIndexAsync(TestIndex.Images(name));
        await Clients
            .Documents(shared.Process, name)
            .UploadDocumentsAsync([
                new Dictionary<string, object> { ["id"] = "a", ["vector"] = new[] { 1f, 0f, 0f } },
                new Dictionary<string, object> { ["id"] = "b" },
            ]);

        var statistics = (await client.GetIndexStatisticsAsync(name)).Value;
        Assert.Equal(2, statistics.DocumentCount);
        Assert.Equal(TestIndex.Dimensions * 4, statistics.VectorIndexSize);
        Assert.True((await client.GetServiceStatisticsAsync()).Value.Counters.DocumentCounter.Usage >= 2);
    }
}
