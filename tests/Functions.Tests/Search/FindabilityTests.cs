using System.Globalization;
using Functions.Tests.Pipeline;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Api;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Metadata;
using Serverless.Search;
using Serverless.Storage;
using Shared;

namespace Functions.Tests.Search;

/// <summary>
/// How often a person finds what was meant: 200 queries over a mixed collection, by the bundled model and the search service. The
/// figures are those of docs/search.md; the floors lie a little below them.
/// </summary>
public sealed class FindabilityTests(FindabilityTests.Shared shared, ITestOutputHelper output) : IClassFixture<FindabilityTests.Shared>
{
    private const int Count = 200;

    [Fact]
    public async Task Most_queries_find_what_was_meant_and_words_with_vectors_more_than_either()
    {
        var services = shared.Services;
        var queries = FindableCollection.Queries;
        Assert.Equal(Count, queries.Count);
        var at = new Dictionary<SearchMode, (double First, double Five)>();
        foreach (var mode in Enum.GetValues<SearchMode>().Except([SearchMode.Color]))
        {
            var ranks = new List<(string Kind, int Rank)>();
            foreach (var query in queries)
            {
                ranks.Add((query.Kind, await RankAsync(services, query, mode)));
            }

            at[mode] = (Share(ranks, 1), Share(ranks, 5));
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{mode}: R@1 {at[mode].First:0.000}, R@5 {at[mode].Five:0.000}; ")
                    + string.Join(
                        ", ",
                        ranks
                            .GroupBy(rank => rank.Kind)
                            .Select(kind =>
                                string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"{kind.Key} ({kind.Count()}) {Share([.. kind], 1):0.00} / {Share([.. kind], 5):0.00}"
                                )
                            )
                    )
            );
            foreach (var (query, rank) in queries.Zip(ranks).Where(pair => mode == SearchMode.Hybrid && pair.Second.Rank > 0))
            {
                output.WriteLine($"  {query.Kind}: '{query.Text}' has its image at {rank.Rank + 1}");
            }
        }

        Assert.InRange(at[SearchMode.Hybrid].First, 0.88, 1);
        Assert.InRange(at[SearchMode.Hybrid].Five, 0.95, 1);
        Assert.InRange(at[SearchMode.Words].First, 0.80, at[SearchMode.Hybrid].First);
        Assert.InRange(at[SearchMode.Vector].First, 0.08, at[SearchMode.Hybrid].First);
    }

    /// <summary>The bounds were chosen on 68 other queries over the same pictures.</summary>
    [Fact]
    public async Task About_nine_times_of_ten_it_is_told_whether_there_is_such_a_picture()
    {
        var wrong = new List<string>();
        var queries = FindableCollection.Pictured;
        foreach (var (isThere, text) in queries)
        {
            var reply = await shared
                .Services.GetRequiredService<ImageSearch>()
                .RunAsync(new SearchRequest(text, Mode: SearchMode.Vector), null, default);
            if (reply.Clear != isThere)
            {
                wrong.Add(text);
            }
        }

        output.WriteLine($"{queries.Count - wrong.Count} of {queries.Count} are right; wrong: {string.Join(", ", wrong)}");
        Assert.InRange(wrong.Count, 0, 7);
    }

    private static double Share(IReadOnlyCollection<(string Kind, int Rank)> ranks, int within) =>
        (double)ranks.Count(rank => rank.Rank < within) / ranks.Count;

    private static async Task<int> RankAsync(ServiceProvider services, CollectedQuery query, SearchMode mode)
    {
        var reply = await services
            .GetRequiredService<ImageSearch>()
            .RunAsync(new SearchRequest(query.Text, Top: 20, Mode: mode), null, default);
        var rank = reply.Results.ToList().FindIndex(result => query.Right.Contains(result.Path));
        return rank < 0 ? Count : rank;
    }

    private static ServiceProvider Services(AzuriteProcess azurite, SearchEmulatorProcess search) =>
        AppFloors
            .Add(
                new ServiceCollection(),
                new ConfigurationBuilder()
                    .AddInMemoryCollection(
                        new Dictionary<string, string?>
                        {
                            ["AzureWebJobsStorage"] = azurite.ConnectionString,
                            ["Search:Endpoint"] = search.Address,
                            ["Search:ApiKey"] = "local-search-admin-key",
                            ["Search:CertificateFile"] = search.CertificateFile,
                        }
                    )
                    .Build()
            )
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ThumbnailCache>()
            .AddSingleton<StoredContent>()
            .AddSingleton<RegionVectors>()
            .AddSingleton<QueryVectors>()
            .AddSingleton<ColourSearch>()
            .AddSingleton<QueryForms>()
            .AddSingleton<SheetSearch>()
            .AddSingleton<ImageSearch>()
            .BuildServiceProvider();

    /// <summary>Each file is read, described and embedded as an upload is; what it resembles is of no matter here.</summary>
    private static async Task FillAsync(ServiceProvider services)
    {
        await services.GetRequiredService<IModelPreparation>().PrepareAsync(default);
        var index = services.GetRequiredService<ImageIndex>();
        await index.EnsureAsync(default);
        var (reader, embedder, model, metadata) = (
            services.GetRequiredService<ImageReader>(),
            services.GetRequiredService<IEmbeddingGenerator<CheckedImage, ImageEmbedding>>(),
            services.GetRequiredService<EmbeddingModel>(),
            services.GetRequiredService<ImageMetadata>()
        );
        foreach (var image in FindableCollection.Images)
        {
            var file = reader.Check(image.File).Image!;
            var vector = (await embedder.GenerateAsync([file]))[0];
            var record = new ImageRecord
            {
                Path = new ImagePath("images", image.Path),
                State = ImageState.Indexed,
                BlobETag = "x",
                Verdict = Verdict.New,
                Model = model.Name,
                ModelRevision = model.Revision,
                Embedding = vector.Vector,
                Metadata = metadata.Of(file),
            }.With(file);
            await index.UploadAsync(ImageDocument.Of(record), default);
        }
    }

    /// <summary>The collection, once for all.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        private AzuriteProcess? azurite;
        private SearchEmulatorProcess? search;
        private ServiceProvider? services;

        public ServiceProvider Services => services!;

        public async ValueTask InitializeAsync()
        {
            azurite = await AzuriteProcess.StartAsync();
            search = await SearchEmulatorProcess.StartAsync(0);
            services = FindabilityTests.Services(azurite, search);
            await FillAsync(services);
        }

        public async ValueTask DisposeAsync()
        {
            await services!.DisposeAsync();
            await search!.DisposeAsync();
            await azurite!.DisposeAsync();
        }
    }
}
