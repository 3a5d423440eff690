using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Functions.Tests.Drawings;
using Functions.Tests.Pipeline;
using Serverless.Imaging;
using Shared;

namespace Functions.Tests.Sheets;

/// <summary>Search among images, pages and tiles: the app's executable on Azurite and the search emulator.</summary>
[Long]
public sealed class SheetSearchTests
{
    [Fact]
    public async Task A_page_is_found_by_its_picture_once_per_document_within_the_filters_and_page_by_page()
    {
        await using var cluster = await Cluster.StartAsync(1);
        await cluster.TakeInAsync("plans/a.tif", SheetFile.Tiff(Scene(1), Scene(2), Scene(3)));
        await cluster.TakeInAsync("other/b.tif", SheetFile.Tiff(Scene(4), Scene(5)));
        foreach (var seed in Enumerable.Range(20, 6))
        {
            await cluster.TakeInAsync($"photos/{seed}.png", Scene(seed));
        }

        await cluster.DrainAsync();
        var query = Picture.Scene(3).Jpeg();
        var found = await ResultsAsync(cluster, "top=20", query);
        Assert.Equal("images/plans/a.tif#page=3", PathOf(found[0]));
        Assert.Equal((3, 3), (found[0].GetProperty("page").GetInt32(), found[0].GetProperty("pages").GetInt32()));
        Assert.Equal("images/plans/a.tif", found[0].GetProperty("sheet").GetProperty("path").GetString());
        Assert.InRange(found[0].GetProperty("similarity").GetDouble(), 0.97, 1);
        Assert.False(found[0].TryGetProperty("region", out _));
        Assert.NotEmpty(found[0].GetProperty("parts").EnumerateArray());
        Assert.Equal(8, found.Count);
        Assert.Equal(8, found.Select(FileOf).Distinct().Count());
        Assert.Equal(found.Select(Cosine).OrderDescending(), found.Select(Cosine));

        var each = await ResultsAsync(cluster, "top=20&group=false", query);
        Assert.Equal(5 + 2 + 6, each.Count);
        Assert.All(
            await ResultsAsync(cluster, "top=20&prefix=other/", query),
            result => Assert.Equal("images/other/b.tif", FileOf(result))
        );
        Assert.Empty(await ResultsAsync(cluster, "top=20&format=jpeg", query));

        // Page by page nothing comes twice, and nothing is left out.
        var (paths, continuation) = (new List<string>(), "");
        do
        {
            var reply = await SearchAsync(cluster, $"top=3&continuation={continuation}", query);
            paths.AddRange(reply.GetProperty("results").EnumerateArray().Select(PathOf));
            continuation = reply.GetProperty("continuation").GetString() ?? "";
        } while (continuation.Length > 0);

        Assert.Equal(found.Select(PathOf), paths);

        // A page is an example as any image is, and has neighbours.
        var id = found[0].GetProperty("id").GetString();
        Assert.Equal(id, (await cluster.GetAsync($"/api/search?id={id}")).GetProperty("results")[0].GetProperty("id").GetString());
        var similar = (await cluster.GetAsync($"/api/images/{id}/similar?top=5")).GetProperty("results");
        Assert.Equal(5, similar.GetArrayLength());
        Assert.DoesNotContain(id, similar.EnumerateArray().Select(result => result.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_drawing_is_found_by_a_sketch_of_what_is_on_it_with_the_place()
    {
        await using var cluster = await Cluster.StartAsync(1, settings: new() { ["Drawings__Prefix"] = "plans/" });
        await cluster.TakeInAsync("plans/stairs.png", Png(Plan(0).Spiral(900, 640, 90)));
        await cluster.TakeInAsync("plans/round.png", Png(Plan(40).Circle(300, 250, 60)));
        await cluster.TakeInAsync("plans/empty.png", Png(Plan(80)));
        await cluster.TakeInAsync("photo.png", Scene(1));
        await cluster.DrainAsync();

        var sketch = Png(new DrawnLines(300, 300).Spiral(150, 150, 110, 5));
        var found = await ResultsAsync(cluster, "lines=true", sketch);
        Assert.Equal("images/plans/stairs.png", PathOf(found[0]));
        var region = found[0].GetProperty("region");
        double Side(string name) => region.GetProperty(name).GetDouble();
        Assert.InRange(900.0 / 1200, Side("left"), Side("left") + Side("width"));
        Assert.InRange(640.0 / 900, Side("top"), Side("top") + Side("height"));
        Assert.Equal((1, 1), (found[0].GetProperty("page").GetInt32(), found[0].GetProperty("pages").GetInt32()));
        Assert.All(found, result => Assert.StartsWith("images/plans/", PathOf(result), StringComparison.Ordinal));

        // A sketch is known to be one; a photograph is compared as a picture.
        Assert.True((await ResultsAsync(cluster, "", sketch))[0].TryGetProperty("sheet", out _));
        Assert.Equal("images/photo.png", PathOf((await ResultsAsync(cluster, "", Scene(1)))[0]));
        Assert.False((await ResultsAsync(cluster, "lines=false", sketch))[0].TryGetProperty("region", out _));
        Assert.Equal("images/plans/stairs.png", PathOf((await ResultsAsync(cluster, "lines=true&turned=true", sketch))[0]));
        foreach (var wrong in new[] { "text=stairs&lines=true", "text=stairs&turned=true", "text=stairs&lines=maybe" })
        {
            using var response = await cluster.Apps[0].Http.GetAsync($"/api/search?{wrong}");
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_collection_without_parts_is_searched_with_one_request()
    {
        await using var cluster = await Cluster.StartAsync(1, throughProxy: true);
        await cluster.TakeInAsync("photo.png", Scene(1));
        await cluster.DrainAsync();
        await ResultsAsync(cluster, "", Scene(2));
        Assert.DoesNotContain("images-parts')/docs", await File.ReadAllTextAsync(cluster.Search.RequestLog), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reconciliation_and_backfill_find_sheets_without_parts_and_parts_without_a_sheet()
    {
        await using var cluster = await Cluster.StartAsync(1);
        await cluster.TakeInAsync("a.tif", SheetFile.Tiff(Scene(1), Scene(2)));
        await cluster.TakeInAsync("b.tif", SheetFile.Tiff(Scene(3), Scene(4)));
        await cluster.DrainAsync();
        Assert.Equal(0, (await cluster.ReconcileAsync()).GetProperty("found").GetInt32());

        // The index loses a page of one; the ledger all of the other; and a sheet is gone whose parts are not.
        var sheet = (await cluster.FindAsync("a.tif"))!.Value.GetProperty("id").GetString()!;
        var other = (await cluster.FindAsync("b.tif"))!.Value.GetProperty("id").GetString()!;
        await cluster.Index("images-parts").DeleteDocumentsAsync("id", [$"{sheet}-p00002"]);
        await cluster.Table("ImageSheets").DeleteEntityAsync(other[..2], other);
        var orphan = new string('f', 32);
        await cluster
            .Index("images-parts")
            .UploadDocumentsAsync([
                new Azure.Search.Documents.Models.SearchDocument
                {
                    ["id"] = $"{orphan}-p00001",
                    ["sheet"] = orphan,
                    ["path"] = "images/gone.tif",
                    ["uploadedAt"] = DateTimeOffset.UnixEpoch,
                },
            ]);
        var findings = await Patience.ForAsync(RepairedAsync(cluster));
        Assert.Equal(
            [("missingParts", sheet), ("missingParts", other), ("orphanParts", orphan)],
            findings.OrderBy(finding => finding.Kind).ThenBy(finding => finding.Id != sheet)
        );
        Assert.Equal(4, (await cluster.Index("images-parts").GetDocumentCountAsync()).Value);

        // Nothing left of what was made: a backfill makes it again.
        foreach (var table in new[] { "ImageSheets", "ImageParts" })
        {
            foreach (var row in cluster.Table(table).Query<Azure.Data.Tables.TableEntity>().ToList())
            {
                await cluster.Table(table).DeleteEntityAsync(row.PartitionKey, row.RowKey);
            }
        }

        await cluster.PostAsync("/api/backfill", new { container = "images", work = "parts" });
        await cluster.DrainAsync();
        Assert.Equal(2, (await cluster.GetAsync("/api/images?path=b.tif%23page=2")).GetProperty("page").GetInt32());
    }

    /// <summary>Reconciles until what was broken is old enough to be seen, and returns what was repaired.</summary>
    private static async Task<List<(string Kind, string Id)>> RepairedAsync(Cluster cluster)
    {
        var repaired = new List<(string, string)>();
        while (repaired.Count < 3)
        {
            var job = await cluster.ReconcileAsync();
            repaired.AddRange(
                job.GetProperty("differences")
                    .EnumerateArray()
                    .Where(finding => finding.GetProperty("repaired").GetBoolean())
                    .Select(finding => (finding.GetProperty("kind").GetString()!, finding.GetProperty("id").GetString()!))
            );
            await cluster.DrainAsync();
        }

        return repaired;
    }

    private static DrawnLines Plan(int shift) =>
        new DrawnLines(1200, 900)
            .Box(60, 60, 1140, 840, 5)
            .Line(420 + shift, 60, 420 + shift, 840, 4)
            .Line(420 + shift, 420, 1140, 420, 4)
            .Line(780, 420, 780, 500 + shift, 4);

    private static byte[] Png(DrawnLines lines) => PixelsPng.Of(lines.Plain(), 4096);

    private static byte[] Scene(int seed) => Picture.Scene(seed).Png();

    private static string PathOf(JsonElement result) => result.GetProperty("path").GetString()!;

    private static double Cosine(JsonElement result) => result.GetProperty("similarity").GetDouble();

    private static string FileOf(JsonElement result) => PathOf(result).Split('#')[0];

    private static async Task<List<JsonElement>> ResultsAsync(Cluster cluster, string query, byte[] picture) =>
        [.. (await SearchAsync(cluster, query, picture)).GetProperty("results").EnumerateArray()];

    private static async Task<JsonElement> SearchAsync(Cluster cluster, string query, byte[] picture)
    {
        using var body = new ByteArrayContent(picture);
        body.Headers.ContentType = new MediaTypeHeaderValue(picture[0] == 0xFF ? "image/jpeg" : "image/png");
        using var response = await cluster.Apps[0].Http.PostAsync($"/api/search?{query}", body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
