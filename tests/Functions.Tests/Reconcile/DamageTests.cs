using System.Net;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Functions.Tests.Ledger;
using Functions.Tests.Pipeline;
using Serverless.Images;
using Serverless.Storage;
using Shared;

namespace Functions.Tests.Reconcile;

/// <summary>
/// Rows of every table are damaged in a column, names that no address leads to are put into the bucket. A reconciliation ends
/// with a report, what is listed stays listed, and all is as it was before.
/// </summary>
public sealed class DamageTests(DamageTests.Filled filled, ITestOutputHelper output) : IClassFixture<DamageTests.Filled>
{
    private static readonly string[] Tables = ["ImageRecords", "ImageAnnouncements", "ImageDuplicates", "ImageJobs", "ImageBackfills"];

    private static readonly string[] Listings =
    [
        "/api/browse",
        "/api/duplicates",
        "/api/duplicates?sort=size",
        "/api/duplicates/what-if?threshold=0.5",
        "/api/reconcile",
        "/api/backfill",
        "/api/health",
    ];

    private readonly Cluster cluster = filled.Cluster;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_columns_of_any_rows_may_be_damaged_and_a_reconciliation_puts_them_right(int seed)
    {
        var random = new Random(seed);
        var before = await StatesAsync();
        var damaged = new List<string>();
        foreach (var table in Tables)
        {
            await foreach (var row in cluster.Table(table).QueryAsync<TableEntity>())
            {
                var columns = Damage.ColumnsOf(row).Where(column => row.RowKey != "running" || column != "Id").ToArray();
                if (columns.Length == 0 || random.Next(3) > 0)
                {
                    continue;
                }

                var column = columns[random.Next(columns.Length)];
                var value = column == "State" && table == "ImageRecords" ? "Bogus" : Damage.Values[random.Next(Damage.Values.Length)];
                if (
                    (value is string { Length: > 0 } text && char.IsSurrogate(text[0]))
                    || (value is double number && !double.IsFinite(number))
                )
                {
                    // No client can send these.
                    continue;
                }

                damaged.Add($"{table} {row.RowKey} {column} = {value ?? "nothing"}");
                await cluster
                    .Table(table)
                    .UpdateEntityAsync(random.Next(4) == 0 ? row.Cut(column) : row.With(column, value), ETag.All, TableUpdateMode.Replace);
            }
        }

        output.WriteLine(string.Join('\n', damaged));
        foreach (var listing in Listings)
        {
            await cluster.GetAsync(listing);
        }

        await SettleAsync();
        var after = await StatesAsync();
        foreach (var (name, state) in before)
        {
            Assert.True(state == after[name], $"{name} was {state} and is {after[name]}.");
        }

        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task A_name_with_steps_in_it_stops_nothing()
    {
        const string odd = "odd/..%2F..%2Fx.jpg";
        await cluster.UploadAsync("beside.jpg", Picture.Scene(78).Jpeg());
        await filled.PutAsync(odd, Picture.Scene(77).Jpeg()); // Told of no earlier than what is older.
        try
        {
            await Patience.UntilAsync(
                () => cluster.ReconcileAsync(),
                report => report.ToString().Contains("odd/../../x.jpg", StringComparison.Ordinal)
            );
            await cluster.DrainAsync();
            Assert.Equal("indexed", await cluster.StatusAsync("beside.jpg"));
            var backfill = await cluster.PostAsync("/api/backfill", new { container = "images" });
            await cluster.DrainAsync();
            Assert.Equal(
                "completed",
                (await cluster.GetAsync($"/api/backfill/{backfill.GetProperty("id").GetString()}")).GetProperty("status").GetString()
            );
        }
        finally
        {
            await filled.DeleteAsync(odd);
            Assert.True(await cluster.RemoveAsync("odd/../../x.jpg"));
            await cluster.DrainAsync();
        }
    }

    [Fact]
    public async Task The_record_of_a_quarantined_image_is_written_anew_with_its_link()
    {
        var id = new ImagePath("images", "copy.jpg").Id;
        foreach (
            var columns in new[]
            {
                new[] { "State" },
                ["Evidence", "Verdict", "DuplicateOf"],
                ["Path", "Sha256", "QuarantineName", "Similarity"],
            }
        )
        {
            var row = (await cluster.Table("ImageRecords").GetEntityAsync<TableEntity>(id[..2], id)).Value;
            await cluster
                .Table("ImageRecords")
                .UpdateEntityAsync(
                    columns.Aggregate(row, (damaged, column) => damaged.With(column, "{broken")),
                    ETag.All,
                    TableUpdateMode.Replace
                );
            using var unreadable = await cluster.Apps[0].Http.GetAsync($"/api/images/{id}");
            Assert.Equal(HttpStatusCode.Conflict, unreadable.StatusCode);

            var report = await cluster.ReconcileAsync();
            var told = report
                .GetProperty("differences")
                .EnumerateArray()
                .Single(difference => difference.GetProperty("kind").GetString() == "unreadableRecord");
            Assert.True(told.GetProperty("repaired").GetBoolean(), told.ToString());
            Assert.Equal("quarantined of images/first.jpg", (await StatesAsync())["copy.jpg"]);
        }

        await SettleAsync();
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task A_damaged_counter_of_places_goes_on_beyond_all_of_them()
    {
        foreach (object? value in new object?[] { "Bogus", -5L, 1L, null })
        {
            var row = (await cluster.Table("ImageAnnouncements").GetEntityAsync<TableEntity>("log", "next")).Value;
            await cluster.Table("ImageAnnouncements").UpdateEntityAsync(row.With("Last", value), ETag.All, TableUpdateMode.Replace);
            var report = await cluster.ReconcileAsync();
            Assert.Contains("counter of places", report.ToString(), StringComparison.Ordinal);
            var name = $"counter/{value ?? "nothing"}.jpg";
            await cluster.TakeInAsync(name, Picture.Scene(79).Jpeg());
            Assert.Equal(value as string == "Bogus" ? "indexed" : "quarantined", await cluster.StatusAsync(name));
        }

        await cluster.DrainAsync();
        await cluster.AssertConsistentAsync();
    }

    /// <summary>Until a reconciliation that reads everything finds nothing any more.</summary>
    private async Task SettleAsync()
    {
        for (var runs = 0; (await cluster.ReconcileAsync(full: true)).GetProperty("found").GetInt32() > 0; runs++)
        {
            Assert.True(runs < 20, (await cluster.ReconcileAsync(dryRun: true, full: true)).ToString());
            await cluster.DrainAsync();
        }
    }

    /// <summary>
    /// Status and link of each. Of two that a person judged apart, the one judged later names the other; which one that is changes once the
    /// places of their first verdicts have been forgotten.
    /// </summary>
    private async Task<Dictionary<string, string>> StatesAsync()
    {
        var states = new Dictionary<string, string>();
        foreach (var name in Filled.Names)
        {
            var record = await cluster.FindAsync(name);
            var other = record?.GetProperty("duplicateOf") is { ValueKind: JsonValueKind.Object } kept
                ? kept.GetProperty("path").GetString()
                : null;
            var isTwin = Filled.JudgedApart.Contains(name) && Filled.JudgedApart.Any(twin => other == $"images/{twin}");
            states[name] = $"{record?.GetProperty("status").GetString()} of {(isTwin ? "nothing" : other ?? "nothing")}";
        }

        return states;
    }

    /// <summary>A bucket with images in every state that lasts.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        public static readonly string[] Names =
        [
            "first.jpg",
            "copy.jpg",
            "second.jpg",
            "third.jpg",
            "fourth.jpg",
            "judged-apart.jpg",
            "no-picture.txt",
        ];

        public static readonly string[] JudgedApart = ["third.jpg", "judged-apart.jpg"];

        internal Cluster Cluster { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Cluster = await Cluster.StartAsync(apps: 1, visibilityWindow: TimeSpan.FromSeconds(1));
            await Cluster.TakeInAsync("first.jpg", Picture.Scene(1).Jpeg());
            await Cluster.TakeInAsync("copy.jpg", Picture.Scene(1).Jpeg(80));
            await Cluster.TakeInAsync("second.jpg", Picture.Scene(2).Jpeg());
            await Cluster.TakeInAsync("third.jpg", Picture.Scene(3).Jpeg());
            await Cluster.TakeInAsync("judged-apart.jpg", Picture.Scene(3).Jpeg(80));
            await Cluster.TakeInAsync("fourth.jpg", Picture.Scene(4).Jpeg());
            await Cluster.UploadAsync("no-picture.txt", "Not a picture."u8.ToArray());
            Assert.True(await Cluster.IngestAsync("no-picture.txt"));
            Cluster.Forget("no-picture.txt");
            using var restored = await Cluster.RestoreAsync((await Cluster.FindAsync("judged-apart.jpg"))!.Value);
            Assert.True(restored.IsSuccessStatusCode);
            await Cluster.PostAsync("/api/backfill", new { container = "images" });
            await Cluster.ReconcileAsync(dryRun: true);
            await Cluster.DrainAsync();
        }

        /// <summary>Puts a blob under a name that clients resolve before they send it.</summary>
        public Task PutAsync(string escaped, byte[] bytes) => RawBlob.SendAsync(Cluster.Images, HttpMethod.Put, escaped, bytes);

        public Task DeleteAsync(string escaped) => RawBlob.SendAsync(Cluster.Images, HttpMethod.Delete, escaped, null);

        public ValueTask DisposeAsync() => Cluster.DisposeAsync();
    }
}
