using Azure.Core.GeoJson;
using Azure.Search.Documents;
using Azure.Search.Documents.Indexes;
using Azure.Search.Documents.Indexes.Models;
using Azure.Search.Documents.Models;
using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Scenarios;

/// <summary>What the JavaScript scenarios do, through .NET: an index built from a class, its documents as objects.</summary>
public sealed class TypedModelTests(SharedEmulator shared) : IAsyncLifetime
{
    private static readonly Hotel[] Hotels =
    [
        new()
        {
            Id = "1",
            Title = "Quiet hotel by the sea",
            Kind = "hotel",
            Price = 100,
            Rating = 4,
            Opened = new(2001, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)),
            Tags = ["sea", "quiet"],
            Address = new() { City = "Brest", Zip = 29200 },
            Location = new(-4.49, 48.39),
            Vector = [1, 0, 0],
            Rooms = [new() { Beds = 1 }, new() { Beds = 2, View = "sea" }],
        },
        new()
        {
            Id = "2",
            Title = "Busy hostel by the station",
            Kind = "hostel",
            Price = 20.5,
            Rating = 3,
            Tags = ["station"],
            Vector = [0.8f, 0.6f, 0],
        },
        new()
        {
            Id = "3",
            Title = "Sea view, sea air",
            Kind = "hotel",
            Price = double.PositiveInfinity,
            Address = new() { City = "Nice" },
            Location = new(7.27, 43.70),
            Vector = [0, 1, 0],
        },
        new()
        {
            Id = "4",
            Title = "Nothing special",
            Kind = "motel",
        },
    ];

    private SearchClient _documents = null!;

    public async ValueTask InitializeAsync()
    {
        var name = TestIndex.NewName();
        var index = new SearchIndex(name, new FieldBuilder().Build(typeof(Hotel)))
        {
            VectorSearch = new()
            {
                Profiles = { new("profile", "exhaustive") },
                Algorithms = { new ExhaustiveKnnAlgorithmConfiguration("exhaustive") },
            },
        };
        index.Fields.Add(new VectorSearchField("vector", 3, "profile"));
        await Clients.Indexes(shared.Process).CreateIndexAsync(index);
        _documents = Clients.Documents(shared.Process, name);
        await _documents.UploadDocumentsAsync(Hotels);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Objects_come_back_as_they_went()
    {
        for (var i = 0; i < Hotels.Length; i++)
        {
            var read = (await _documents.GetDocumentAsync<Hotel>(Hotels[i].Id)).Value;
            Assert.Equal(
                (
                    Hotels[i].Title,
                    Hotels[i].Price,
                    Hotels[i].Rating,
                    Hotels[i].Opened,
                    Hotels[i].Address?.City,
                    Hotels[i].Address?.Zip,
                    Hotels[i].Location?.Coordinates
                ),
                (read.Title, read.Price, read.Rating, read.Opened, read.Address?.City, read.Address?.Zip, read.Location?.Coordinates)
            );
            Assert.Equal(Hotels[i].Tags ?? [], read.Tags!);
            Assert.Equal(Hotels[i].Vector ?? [], read.Vector!);
            Assert.Equal(
                (Hotels[i].Rooms ?? []).Select(room => (room.Beds, room.View)),
                read.Rooms!.Select(room => (room.Beds, room.View))
            );
        }
    }

    [Fact]
    public async Task Words_and_a_vector_are_fused_by_reciprocal_rank()
    {
        var options = new SearchOptions
        {
            VectorSearch = new()
            {
                Queries =
                {
                    new VectorizedQuery(new[] { 0f, 1f, 0f }) { KNearestNeighborsCount = 2, Fields = { "vector" } },
                },
            },
        };
        var found = await ResultsAsync("sea", options);
        Assert.Equal(["3", "1", "2"], found.Select(each => each.Document.Id));
        Assert.Equal([0.03333333507180214, 0.016393441706895828, 0.016393441706895828], found.Select(each => each.Score!.Value));
    }

    [Fact]
    public async Task Text_filters_order_facets_highlights_and_selection_work_together()
    {
        var options = new SearchOptions
        {
            Filter = SearchFilter.Create($"Price gt {50.5} and Tags/all(t: t ne {"noisy"})"),
            OrderBy = { "Price desc" },
            Facets = { "Kind", "Rating,values:4" },
            HighlightFields = { "Title" },
            IncludeTotalCount = true,
            Select = { "Id", "Address/City" },
        };
        var response = (await _documents.SearchAsync<Hotel>("sea", options)).Value;
        var found = await response.GetResultsAsync().ToListAsync();
        Assert.Equal(2, response.TotalCount);
        Assert.Equal([("3", "Nice"), ("1", "Brest")], found.Select(each => (each.Document.Id, each.Document.Address!.City)));
        Assert.Equal(["<em>Sea</em> view, <em>sea</em> air"], found[0].Highlights["Title"]);
        Assert.Equal([("hotel", 2L)], response.Facets["Kind"].Select(facet => ((string)facet.Value, facet.Count!.Value)));
        Assert.Equal([0L, 1L], response.Facets["Rating"].Select(facet => facet.Count!.Value));
    }

    [Fact]
    public async Task Places_and_rooms_are_found()
    {
        Assert.Equal(["1"], await IdsAsync("geo.distance(Location, geography'POINT(-4.5 48.4)') le 5"));
        Assert.Equal(["1"], await IdsAsync("Rooms/any(room: room/Beds eq 2 and room/View eq 'sea')"));
        Assert.Empty(await IdsAsync("Rooms/any(room: room/Beds eq 1 and room/View eq 'sea')"));
        Assert.Equal(["1"], await IdsAsync("Opened lt 2001-02-03T02:05:06.001Z and Opened ge 2001-02-03T02:05:06Z"));
    }

    private async Task<IEnumerable<string>> IdsAsync(string filter) =>
        (await ResultsAsync("*", new() { Filter = filter })).Select(each => each.Document.Id);

    private async Task<List<SearchResult<Hotel>>> ResultsAsync(string text, SearchOptions options) =>
        await (await _documents.SearchAsync<Hotel>(text, options)).Value.GetResultsAsync().ToListAsync();

    public sealed record Hotel
    {
        [SimpleField(IsKey = true)]
        public string Id { get; init; } = string.Empty;

        [SearchableField]
        public string? Title { get; init; }

        [SimpleField(IsFilterable = true, IsFacetable = true)]
        public string? Kind { get; init; }

        [SimpleField(IsFilterable = true, IsSortable = true)]
        public double? Price { get; init; }

        [SimpleField(IsFilterable = true, IsFacetable = true)]
        public int? Rating { get; init; }

        [SimpleField(IsFilterable = true)]
        public DateTimeOffset? Opened { get; init; }

        [SimpleField(IsFilterable = true)]
        public string[]? Tags { get; init; }

        public Address? Address { get; init; }

        public Room[]? Rooms { get; init; }

        [SimpleField(IsFilterable = true)]
        public GeoPoint? Location { get; init; }

        [FieldBuilderIgnore]
        [System.Text.Json.Serialization.JsonPropertyName("vector")]
        public float[]? Vector { get; init; }
    }

    public sealed record Address
    {
        [SimpleField]
        public string? City { get; init; }

        [SimpleField]
        public long? Zip { get; init; }
    }

    public sealed record Room
    {
        [SimpleField(IsFilterable = true)]
        public int Beds { get; init; }

        [SimpleField(IsFilterable = true)]
        public string? View { get; init; }
    }
}
