using System.Net;
using System.Text.Json;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>What kind of picture it is, from the upload to record, index, filters and facets; and documents of older versions.</summary>
public sealed class LabelSearchTests
{
    [Fact]
    public async Task Images_are_found_and_counted_by_the_kind_of_picture_that_their_records_tell()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        string[] names = ["fruits.jpg", "home.jpg", "building.jpg"];
        foreach (var name in names)
        {
            await cluster.TakeInAsync(name, Picture.Photo(Path.GetFileNameWithoutExtension(name)).Jpeg());
        }

        var photos = new List<string>();
        foreach (var name in names)
        {
            var labels = (await cluster.FindAsync(name))!.Value.GetProperty("labels");
            if (
                labels.GetProperty("style") is { ValueKind: JsonValueKind.Object } style
                && style.GetProperty("name").GetString() == "photo"
            )
            {
                Assert.InRange(style.GetProperty("certainty").GetDouble(), 0.5, 1);
                photos.Add($"images/{name}");
            }
        }

        Assert.NotEmpty(photos);
        Assert.Equal(photos.Order(), await PathsAsync(cluster, "style=photo"));
        Assert.Empty(await PathsAsync(cluster, "style=map,chart"));
        Assert.Empty(await PathsAsync(cluster, "objects=snowman"));
        Assert.Equal(photos.Count, await CountAsync(cluster));

        // What the model cannot tell is said, so that no image of a kind does not mean that there is none.
        var untold = (await cluster.GetAsync("/api/facets?facets=style")).GetProperty("untold");
        Assert.Equal(["illustration", "painting", "render"], untold.GetProperty("style").EnumerateArray().Select(name => name.GetString()));
        Assert.False(untold.TryGetProperty("objects", out _));
        foreach (var wrong in new[] { "style=etching", "objects=nothing of that name" })
        {
            using var response = await cluster.Apps[0].Http.GetAsync($"/api/browse?{wrong}");
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        // As an older version left it: reconciliation writes the document again, from the record alone.
        var id = (await cluster.FindAsync(photos[0]["images/".Length..]))!.Value.GetProperty("id").GetString()!;
        await cluster
            .Index()
            .MergeDocumentsAsync([
                new
                {
                    id,
                    style = (string?)null,
                    labelsVersion = (string?)null,
                },
            ]);
        Assert.DoesNotContain(photos[0], await PathsAsync(cluster, "style=photo"));
        await Patience.UntilAsync(
            () => cluster.ReconcileAsync(dryRun: true),
            report => report.GetRawText().Contains("outdatedDocument", StringComparison.Ordinal)
        );
        await cluster.ReconcileAsync();
        Assert.Equal(photos.Order(), await PathsAsync(cluster, "style=photo"));
        await cluster.AssertConsistentAsync();
    }

    private static async Task<IEnumerable<string?>> PathsAsync(Cluster cluster, string query) =>
        (await cluster.GetAsync($"/api/browse?{query}"))
            .GetProperty("images")
            .EnumerateArray()
            .Select(image => image.GetProperty("path").GetString())
            .Order();

    private static async Task<int> CountAsync(Cluster cluster) =>
        (await cluster.GetAsync("/api/facets?facets=style"))
            .GetProperty("facets")
            .GetProperty("style")
            .EnumerateArray()
            .Where(one => one.GetProperty("value").GetString() == "photo")
            .Sum(one => one.GetProperty("count").GetInt32());
}
