using System.Text.Json;
using Azure.Data.Tables;
using NetVips;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>
/// Colours and composition from the upload to the record, the index, filters and facets; and what an older version left without.
/// </summary>
public sealed class FeatureSearchTests
{
    [Fact]
    public async Task Images_are_found_and_counted_by_their_colours_and_composition()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        await cluster.TakeInAsync("red-left.png", Disc([232, 220, 192], [204, 34, 34], 0.2));
        await cluster.TakeInAsync("blue-right.png", Disc([232, 220, 192], [51, 102, 204], 0.8));
        await cluster.TakeInAsync("sky.png", Disc([90, 140, 240], [240, 240, 240], 0.5));
        await cluster.TakeInAsync("grey.png", Disc([200, 200, 200], [60, 60, 60], 0.5, width: 200, height: 300));

        var features = (await cluster.FindAsync("red-left.png"))!.Value.GetProperty("features");
        Assert.Equal("#e8dcc0", features.GetProperty("colors")[0].GetProperty("hex").GetString());
        Assert.Equal("red", features.GetProperty("foreground").GetString());
        Assert.Equal(["left"], Texts(features.GetProperty("subject").GetProperty("place")));
        Assert.True(features.GetProperty("isolated").GetBoolean());

        Assert.Equal(["red-left.png"], await NamesAsync(cluster, "browse", "color=red"));
        Assert.Equal(["blue-right.png"], await NamesAsync(cluster, "browse", "subject=right"));
        Assert.Equal(["grey.png"], await NamesAsync(cluster, "browse", "bw=true&orientation=portrait"));
        Assert.Empty(await NamesAsync(cluster, "browse", "color=red&subject=right"));

        // By value alone, the nearest palette comes first; with something else to look for it is a filter.
        Assert.Equal(["blue-right.png", "sky.png"], (await NamesAsync(cluster, "search", "color=3366cc")).Take(2));
        var search = await cluster.GetAsync("/api/search?text=disc&color=%23cc2222&facets=color,subject");
        Assert.Equal(["red-left.png"], Names(search.GetProperty("results")));

        // Each facet is counted under all filters but its own.
        Assert.Equal(1, Count(search, "color", "red"));
        Assert.Equal((1, 0), (Count(search, "subject", "left"), Count(search, "subject", "right")));
        var facets = await cluster.GetAsync("/api/facets?subject=left");
        Assert.Equal(1, facets.GetProperty("images").GetInt32());
        Assert.Equal((1, 1), (Count(facets, "subject", "left"), Count(facets, "subject", "right")));
        Assert.Equal((1, 0), (Count(facets, "color", "red"), Count(facets, "color", "blue")));
        Assert.Equal(1, Count(facets, "isolated", "true"));
        Assert.Equal(1, Count(facets, "megapixels", "-0.5"));

        await OlderVersionAsync(cluster, "red-left.png");
        var backfill = await cluster.PostAsync("/api/backfill", new { container = "images" });
        await cluster.DrainAsync();
        var done = await cluster.GetAsync($"/api/backfill/{backfill.GetProperty("id").GetString()}");
        Assert.Equal((1, 3), (done.GetProperty("done").GetInt32(), done.GetProperty("skipped").GetInt32()));
        Assert.Equal(features.GetRawText(), (await cluster.FindAsync("red-left.png"))!.Value.GetProperty("features").GetRawText());
        Assert.Equal(["red-left.png"], await NamesAsync(cluster, "browse", "color=red"));
        await cluster.AssertConsistentAsync();
    }

    /// <summary>The row as a version that knew no colours wrote it, and the document with it.</summary>
    private static async Task OlderVersionAsync(Cluster cluster, string name)
    {
        var id = (await cluster.FindAsync(name))!.Value.GetProperty("id").GetString()!;
        var table = cluster.Table("ImageRecords");
        var row = (await table.GetEntityAsync<TableEntity>(id[..2], id)).Value;
        Assert.True(row.Remove("Visual"));
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        await cluster
            .Index()
            .MergeDocumentsAsync([
                new
                {
                    id,
                    colors = Array.Empty<string>(),
                    featuresVersion = 0,
                },
            ]);
        Assert.Equal(JsonValueKind.Null, (await cluster.FindAsync(name))!.Value.GetProperty("features").ValueKind);
        Assert.Empty(await NamesAsync(cluster, "browse", "color=red"));
    }

    private static async Task<string[]> NamesAsync(Cluster cluster, string route, string query) =>
        Names((await cluster.GetAsync($"/api/{route}?{query}")).GetProperty(route == "browse" ? "images" : "results"));

    private static string[] Names(JsonElement images) =>
        [.. images.EnumerateArray().Select(image => image.GetProperty("path").GetString()!["images/".Length..])];

    private static int Count(JsonElement reply, string facet, string value) =>
        reply
            .GetProperty("facets")
            .GetProperty(facet)
            .EnumerateArray()
            .Where(one => one.GetProperty("value").GetString() == value)
            .Sum(one => one.GetProperty("count").GetInt32());

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];

    private static byte[] Disc(double[] ground, double[] colour, double x, int width = 300, int height = 200)
    {
        using var plain = Image.Black(width, height, bands: 3) + ground;
        using var eight = plain.Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        using var drawn = eight.Mutate(image => image.DrawCircle(colour, (int)(x * width), height / 2, (int)(0.15 * height), fill: true));
        return drawn.PngsaveBuffer();
    }
}
