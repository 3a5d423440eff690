using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>Tags are set over HTTP, are kept with the blob, and are found and filtered by.</summary>
public sealed class TagTests
{
    [Fact]
    public async Task Tags_reach_the_blob_the_record_and_the_index_and_stay_there()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1, visibilityWindow: TimeSpan.FromSeconds(1));
        await cluster.UploadAsync("a.jpg", Picture.Scene(1).Jpeg());
        await cluster.Blob("a.jpg").SetMetadataAsync(new Dictionary<string, string> { ["Tags"] = "old", ["project"] = "x" });
        Assert.True(await cluster.IngestAsync("a.jpg"), cluster.Output);
        await cluster.DrainAsync();
        var id = (await cluster.FindAsync("a.jpg"))!.Value.GetProperty("id").GetString();

        var changed = await PatchAsync(cluster, id, new { tags = new[] { "red mug", "写真", "50%", "red mug" } });
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        string[] expected = ["red mug", "写真", "50%"];
        Assert.Equal(expected, Tags(changed.Body));
        Assert.Equal(expected, Tags((await cluster.FindAsync("a.jpg"))!.Value));
        Assert.Equal("x", (await cluster.Blob("a.jpg").GetPropertiesAsync()).Value.Metadata["project"]);
        Assert.Equal(expected, Tags(await FirstAsync(cluster, "text=写真&mode=words")));
        Assert.Equal(expected, Tags(await FirstAsync(cluster, "text=any&tags=50%25")));

        // Nothing disagrees, and an event that comes again, or a judgement from scratch, reads the same from the blob.
        await Patience.UntilAsync(() => cluster.ReconcileAsync(dryRun: true), report => report.GetProperty("found").GetInt32() == 0);
        Assert.True(await cluster.IngestAsync("a.jpg"), cluster.Output);
        await cluster.Blob("a.jpg").SetMetadataAsync((await cluster.Blob("a.jpg").GetPropertiesAsync()).Value.Metadata);
        Assert.True(await cluster.IngestAsync("a.jpg"), cluster.Output);
        Assert.Equal(expected, Tags((await cluster.FindAsync("a.jpg"))!.Value));

        Assert.Equal([], Tags((await PatchAsync(cluster, id, new { tags = Array.Empty<string>() })).Body));
        Assert.DoesNotContain(
            "tags",
            (await cluster.Blob("a.jpg").GetPropertiesAsync()).Value.Metadata.Keys,
            StringComparer.OrdinalIgnoreCase
        );
        await cluster.AssertConsistentAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await PatchAsync(cluster, id, new { tags = new[] { "a,b" } })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PatchAsync(cluster, id, new { })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PatchAsync(cluster, new string('0', 32), new { tags = expected })).Status);
    }

    [Fact]
    public async Task Index_tags_of_the_blob_are_properties_too()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        await cluster.UploadAsync("a.jpg", Picture.Scene(1).Jpeg());
        await cluster.Blob("a.jpg").SetMetadataAsync(new Dictionary<string, string> { ["owner"] = "metadata" });
        await cluster.Blob("a.jpg").SetTagsAsync(new Dictionary<string, string> { ["Campaign"] = "spring/summer 27", ["owner"] = "tag" });
        Assert.True(await cluster.IngestAsync("a.jpg"), cluster.Output);

        var properties = (await cluster.FindAsync("a.jpg"))!.Value.GetProperty("properties");
        Assert.Equal("spring/summer 27", properties.GetProperty("campaign").GetString());
        Assert.Equal("metadata", properties.GetProperty("owner").GetString());
        foreach (var query in new[] { "text=any&properties=campaign=spring/summer%2027", "text=spring&mode=words" })
        {
            Assert.Equal("images/a.jpg", (await FirstAsync(cluster, query)).GetProperty("path").GetString());
        }
    }

    [Fact]
    public async Task An_upload_over_http_brings_its_tags()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        using var body = new ByteArrayContent(Picture.Scene(1).Jpeg());
        using var response = await cluster.Apps[0].Http.PostAsync("/api/images?path=a.jpg&tags=one,zw%C3%B6lf", body);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.True(await cluster.IngestAsync("a.jpg"), cluster.Output);
        Assert.Equal(["one", "zwölf"], Tags((await cluster.FindAsync("a.jpg"))!.Value));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PatchAsync(Cluster cluster, string? id, object body)
    {
        using var response = await cluster.Apps[0].Http.PatchAsJsonAsync($"/api/images/{id}", body);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static async Task<JsonElement> FirstAsync(Cluster cluster, string query) =>
        (await cluster.GetAsync($"/api/search?{query}")).GetProperty("results")[0];

    private static IEnumerable<string?> Tags(JsonElement image) =>
        image.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString());
}
