using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Functions.Tests.Pipeline;
using Serverless.Categories;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline;
using Serverless.Reconcile;
using Serverless.Search;
using Serverless.Storage;
using Shared;

namespace Functions.Tests.Reconcile;

public sealed class ComparisonTests(ClockTests.Shared shared) : IClassFixture<ClockTests.Shared>
{
    /// <summary>By then all that was written is settled.</summary>
    private static readonly DateTimeOffset Later = DateTimeOffset.UtcNow.AddHours(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_parts_the_same_is_found_and_counted_as_in_one_go(bool isFull)
    {
        var worker = shared.First;
        for (var number = 0; number < 12; number++)
        {
            var path = await shared.UploadAsync($"{isFull}/{number}.jpg");
            if (number % 2 == 0)
            {
                await worker.Get<ImagePipeline>().AdvanceAsync(path, Occasion.Event, default);
            }
        }

        foreach (
            var name in new[]
            {
                $"0x1/{isFull}-a.jpg",
                $"0x2/{isFull}-a.jpg",
                $"0x3/{isFull}-b.jpg",
                $"0x4/{new ImagePath("images", "long").Id}",
            }
        )
        {
            await worker
                .Get<BlobServiceClient>()
                .GetBlobContainerClient("quarantine")
                .GetBlobClient(name)
                .UploadAsync(BinaryData.FromString("no receipt"), overwrite: true);
        }

        await worker.Get<TableServiceClient>().GetTableClient("ImageRecords").UpsertEntityAsync(new TableEntity("zz", "no-id"));
        DateTimeOffset? since = isFull ? null : DateTimeOffset.UtcNow.AddHours(-1);

        // The index lags.
        var whole = await Patience.UntilAsync(
            () => Comparison(1_000_000).RunAsync("", since, Later, default),
            all => all.Checked.Documents == all.Checked.Records
        );
        Assert.Null(whole.Next);

        var (parts, findings, counts) = (0, new List<Finding>(), new ReconcileCounts(0, 0, 0, 0, 0, 0));
        for (string? from = ""; from is not null; parts++)
        {
            var part = await Comparison(5).RunAsync(from, since, Later, default);
            findings.AddRange(part.Findings);
            counts = counts.Plus(part.Checked);
            from = part.Next;
        }

        Assert.True(parts > 2);
        Assert.Equal(whole.Checked, counts);
        Assert.Equal(whole.Findings.Select(Text).Order(StringComparer.Ordinal), findings.Select(Text).Order(StringComparer.Ordinal));

        // Nobody takes the messages that would make the parts of what looks like a drawing.
        Assert.Equal(
            [DifferenceKind.MissedUpload, DifferenceKind.OrphanCopy, DifferenceKind.UnreadableRecord],
            findings
                .Select(finding => finding.Kind)
                .Distinct()
                .Where(kind =>
                    kind is not (DifferenceKind.LeftoverAnnouncement or DifferenceKind.MissingDocument or DifferenceKind.MissingParts)
                )
                .Order()
        );
    }

    private Comparison Comparison(int mostIds) =>
        new(
            shared.First.Get<ComparedStores>(),
            shared.First.Get<ImageLedger>(),
            shared.First.Get<AnnouncementLog>(),
            shared.First.Get<DuplicateTable>(),
            shared.First.Get<EmbeddingModel>(),
            shared.First.Get<Tagger>()
        )
        {
            MostIds = mostIds,
        };

    private static string Text(Finding finding) => finding.ToString();
}
