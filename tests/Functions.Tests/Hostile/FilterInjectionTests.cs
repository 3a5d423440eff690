using Azure;
using Azure.Search.Documents;
using Azure.Search.Documents.Indexes;
using Azure.Search.Documents.Models;
using Functions.Tests.Pipeline;
using Serverless.Api;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Search;

namespace Functions.Tests.Hostile;

/// <summary>
/// Whatever a caller writes into a filter, it selects what a plain reading of it selects, and nothing else: filters made of
/// pieces of the filter language are asked of the search emulator and evaluated here, over documents made of the same pieces.
/// </summary>
public sealed class FilterInjectionTests
{
    private const int Documents = 200;
    private const int Filters = 400;

    private static readonly string[] Pieces =
    [
        "a",
        "b",
        "'",
        "''",
        "\"",
        "\\",
        "/",
        "(",
        ")",
        " or ",
        " and ",
        " eq ",
        " ne ",
        "true",
        "null",
        "not",
        "*",
        "%27",
        "&",
        "$filter=",
        "tags/any(t: t ne '')",
        "') or (true",
        "f",
        "é",
        "日",
        "\U0001F98A",
        "{0}",
        "\u2019",
        "\uFF07",
        "--",
        ";",
        "#",
        "?",
    ];

    [Fact]
    public async Task A_filter_selects_what_it_says_and_nothing_else()
    {
        await using var search = await SearchEmulatorProcess.StartAsync(0);
        var endpoint = new Uri(search.Address);
        var options = new SearchClientOptions { Transport = CertificatePin.Transport(endpoint, search.CertificateFile) };
        var indexes = new SearchIndexClient(endpoint, new AzureKeyCredential("local-search-admin-key"), options);
        var creation = new IndexCreation(
            Microsoft.Extensions.Options.Options.Create(
                new Serverless.Search.SearchOptions
                {
                    Endpoint = search.Address,
                    ApiKey = "local-search-admin-key",
                    CertificateFile = search.CertificateFile,
                }
            )
        );
        await creation.CreateAsync(
            IndexDefinition.Of("images", new EmbeddingModel("test", "r", "onnx", 2, null, ModelThresholds.Uncalibrated)),
            default
        );
        var client = indexes.GetSearchClient("images");
        var random = new Random(4);
        var documents = Enumerable.Range(0, Documents).Select(number => Document(random, number)).ToList();
        await client.UploadDocumentsAsync(documents, new IndexDocumentsOptions { ThrowOnAnyError = true });

        var selected = 0;
        for (var round = 0; round < Filters; round++)
        {
            var request = Request(random, documents);
            var filter = FilterExpression.Of(request, "images");
            var found = await FindAsync(client, filter);
            var expected = documents
                .Where(document => Matches(document, request))
                .Select(document => document.Id)
                .Order(StringComparer.Ordinal)
                .ToList();
            Assert.True(
                expected.SequenceEqual(found),
                $"{request}\n{filter.OData}\nexpected {string.Join(',', expected)}\nfound {string.Join(',', found)}"
            );
            selected += expected.Count;
        }

        Assert.InRange(selected, Filters / 10, Filters * Documents / 2); // neither all nor nothing, or the test tests nothing
    }

    private static async Task<List<string>> FindAsync(SearchClient client, FilterExpression filter)
    {
        var options = new Azure.Search.Documents.SearchOptions
        {
            Filter = filter.OData,
            Size = 1000,
            Select = { "id", "path" },
        };
        var ids = new List<string>();
        await foreach (var result in (await client.SearchAsync<ImageDocument>("*", options)).Value.GetResultsAsync())
        {
            if (filter.Matches(result.Document.Path))
            {
                ids.Add(result.Document.Id);
            }
        }

        ids.Sort(StringComparer.Ordinal);
        return ids;
    }

    /// <summary>The plain reading.</summary>
    private static bool Matches(ImageDocument document, SearchFilterRequest request) =>
        (
            request.Prefix is not { Length: > 0 } prefix
            || document.Path.StartsWith(
                prefix.StartsWith("images/", StringComparison.Ordinal) ? prefix : $"images/{prefix}",
                StringComparison.Ordinal
            )
        )
        && (request.Format is not { } format || document.Format.Equals(format, StringComparison.OrdinalIgnoreCase))
        && (request.UploadedAfter is not { } after || document.UploadedAt >= after)
        && (request.UploadedBefore is not { } before || document.UploadedAt < before)
        && (request.Tags ?? []).All(tag => document.Tags.Contains(tag, StringComparer.Ordinal))
        && (request.MinWidth is not { } width || document.Width >= width)
        && (request.MinHeight is not { } height || document.Height >= height);

    private static SearchFilterRequest Request(Random random, List<ImageDocument> documents)
    {
        var like = documents[random.Next(documents.Count)];
        return new SearchFilterRequest(
            Prefix: random.Next(3) switch
            {
                0 => null,
                1 => like.Path[..random.Next(like.Path.Length + 1)],
                _ => Text(random),
            },
            Format: random.Next(4) == 0 ? like.Format : null,
            UploadedAfter: random.Next(4) == 0 ? like.UploadedAt : null,
            UploadedBefore: random.Next(4) == 0 ? like.UploadedAt.ToOffset(TimeSpan.FromHours(5)) : null,
            Tags: random.Next(3) switch
            {
                0 => null,
                1 => [.. like.Tags.Take(random.Next(3))],
                _ => [Text(random)],
            },
            MinWidth: random.Next(4) == 0 ? random.Next(-5, 1000) : null,
            MinHeight: random.Next(4) == 0 ? random.Next(-5, 1000) : null
        );
    }

    private static ImageDocument Document(Random random, int number)
    {
        var path = $"images/{Text(random)}";
        return new ImageDocument
        {
            Id = $"{number:x32}",
            Path = path,
            Folders =
            [
                .. path.Select((letter, at) => (letter, at)).Where(pair => pair.letter == '/').Select(pair => path[..(pair.at + 1)]),
            ],
            Format = Names.Of((ImageFormat)random.Next(8)),
            Width = random.Next(1, 1000),
            Height = random.Next(1, 1000),
            UploadedAt = new DateTimeOffset(2026, 1, random.Next(1, 29), 0, 0, 0, TimeSpan.Zero),
            Verdict = "new",
            Tags = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Text(random)).Distinct()],
            Embedding = [1, 0],
        };
    }

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pieces[random.Next(Pieces.Length)]));
}
