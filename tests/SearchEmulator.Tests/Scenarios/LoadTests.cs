using Azure.Search.Documents;
using Azure.Search.Documents.Models;
using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Scenarios;

public sealed class LoadTests(SharedEmulator shared)
{
    [Fact]
    public async Task The_buffered_sender_halves_its_batches_until_they_fit()
    {
        var (name, documents) = await NewIndexAsync();
        // Forty documents of about a megabyte: two and a half times what one request may hold.
        var filler = new string('x', 1_000_000);
        await using (
            var sender = new SearchIndexingBufferedSender<SearchDocument>(
                documents,
                new() { InitialBatchActionCount = 40, AutoFlush = false }
            )
        )
        {
            await sender.UploadDocumentsAsync(
                Enumerable.Range(0, 40).Select(i => new SearchDocument { ["id"] = $"k{i}", ["container"] = filler })
            );
            await sender.FlushAsync();
        }

        Assert.Equal(40, (await documents.GetDocumentCountAsync()).Value);
        await Clients.Indexes(shared.Process).DeleteIndexAsync(name);
    }

    [Fact]
    public async Task Searches_beside_writes_see_whole_documents()
    {
        var (_, documents) = await NewIndexAsync();
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(async () =>
        {
            for (var round = 1; round <= 60; round++)
            {
                await documents.UploadDocumentsAsync(
                    Enumerable
                        .Range(0, 30)
                        .Select(i => new SearchDocument
                        {
                            ["id"] = $"k{i}",
                            ["width"] = round,
                            ["bytes"] = (long)round,
                            ["vector"] = new[] { round, i, 1f },
                        })
                );
                await documents.DeleteDocumentsAsync("id", [$"k{round % 30}"]);
            }

            await stop.CancelAsync();
        });
        var seen = 0;
        while (!stop.IsCancellationRequested && !writer.IsFaulted)
        {
            var options = new SearchOptions
            {
                Size = 100,
                Filter = "width gt 0",
                VectorSearch = new()
                {
                    Queries =
                    {
                        new VectorizedQuery(new[] { 1f, 1f, 1f }) { KNearestNeighborsCount = 100, Fields = { "vector" } },
                    },
                },
            };
            var found = await (await documents.SearchAsync<SearchDocument>(null, options)).Value.GetResultsAsync().ToListAsync();
            Assert.Equal(found.Count, found.Select(each => each.Document["id"]).Distinct().Count());
            Assert.All(
                found,
                each =>
                {
                    Assert.Equal((int)each.Document["width"], Convert.ToInt32(each.Document["bytes"], null));
                    Assert.Equal((int)each.Document["width"], Convert.ToInt32(((object[])each.Document["vector"])[0], null));
                }
            );
            seen += found.Count;
        }

        await writer;
        Assert.True(seen > 0);
    }

    private async Task<(string Name, SearchClient Documents)> NewIndexAsync()
    {
        var name = TestIndex.NewName();
        await Clients.Indexes(shared.Process).CreateIndexAsync(TestIndex.Images(name));
        return (name, Clients.Documents(shared.Process, name));
    }
}
