using Azure;
using Azure.Search.Documents;
using Azure.Search.Documents.Models;
using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Scenarios;

public sealed class PagingTests(SharedEmulator shared) : IAsyncLifetime
{
    private const int Documents = 2001;
    private SearchClient _documents = null!;

    public async ValueTask InitializeAsync()
    {
        var name = TestIndex.NewName();
        await Clients.Indexes(shared.Process).CreateIndexAsync(TestIndex.Images(name));
        _documents = Clients.Documents(shared.Process, name);
        foreach (var chunk in Enumerable.Range(0, Documents).Chunk(1000))
        {
            await _documents.UploadDocumentsAsync(chunk.Select(i => new SearchDocument { ["id"] = $"k{i}", ["width"] = i }));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Without_a_size_the_client_is_led_through_everything_by_fifties()
    {
        var response = await _documents.SearchAsync<SearchDocument>(
            "*",
            new SearchOptions
            {
                IncludeTotalCount = true,
                Filter = "width lt 120",
                OrderBy = { "width desc" },
            }
        );
        Assert.Equal(120, response.Value.TotalCount);
        var pages = await response.Value.GetResultsAsync().AsPages().ToListAsync();
        Assert.Equal([50, 50, 20], pages.Select(page => page.Values.Count));
        Assert.Equal(
            Enumerable.Range(0, 120).Reverse(),
            pages.SelectMany(page => page.Values).Select(result => (int)result.Document["width"])
        );
    }

    [Fact]
    public async Task More_than_a_thousand_come_in_pages_of_a_thousand()
    {
        var response = await _documents.SearchAsync<SearchDocument>(
            "*",
            new SearchOptions
            {
                Size = 3000,
                OrderBy = { "width" },
                Select = { "width" },
            }
        );
        var pages = await response.Value.GetResultsAsync().AsPages().ToListAsync();
        Assert.Equal([1000, 1000, 1], pages.Select(page => page.Values.Count));
        Assert.Equal(Enumerable.Range(0, Documents), pages.SelectMany(page => page.Values).Select(result => (int)result.Document["width"]));
    }

    [Fact]
    public async Task A_size_that_fits_one_page_ends_there()
    {
        var response = await _documents.SearchAsync<SearchDocument>(
            "*",
            new SearchOptions
            {
                Size = 10,
                Skip = 5,
                OrderBy = { "width" },
            }
        );
        var pages = await response.Value.GetResultsAsync().AsPages().ToListAsync();
        Assert.Equal(Enumerable.Range(5, 10), Assert.Single(pages).Values.Select(result => (int)result.Document["width"]));
    }

    [Fact]
    public async Task Skipping_further_than_a_hundred_thousand_is_refused()
    {
        var error = await Assert.ThrowsAsync<RequestFailedException>(() =>
            _documents.SearchAsync<SearchDocument>("*", new SearchOptions { Skip = 100_001 })
        );
        Assert.Equal(400, error.Status);
    }
}
