using System.Globalization;
using System.Net;
using System.Text.Json;
using Functions.Tests.Pipeline;
using NetVips;
using Serverless.Storage;
using Shared;

namespace Functions.Tests.Sheets;

/// <summary>The pages of documents, from upload to removal: the app's executable on Azurite and the search emulator.</summary>
[Long]
public sealed class PagesTests
{
    private const string Parts = "images-parts";

    /// <summary>Requests between two of the places where the app is killed.</summary>
    private const int Stride = 3;

    [Fact]
    public async Task Pages_are_images_of_the_collection_with_a_record_a_thumbnail_and_a_verdict()
    {
        await using var cluster = await Cluster.StartAsync(1);
        await cluster.TakeInAsync("plans/a.tif", SheetFile.Tiff(Scene(1), Scene(2), Scene(3)));
        await cluster.DrainAsync();

        var sheet = await cluster.GetAsync("/api/images?path=images/plans/a.tif");
        Assert.Equal(("indexed", 3), (sheet.GetProperty("status").GetString(), sheet.GetProperty("pages").GetInt32()));
        var page = await cluster.GetAsync("/api/images?path=images/plans/a.tif%23page=3");
        var id = page.GetProperty("id").GetString()!;
        Assert.Equal("images/plans/a.tif#page=3", page.GetProperty("path").GetString());
        Assert.Equal((3, 3), (page.GetProperty("page").GetInt32(), page.GetProperty("pages").GetInt32()));
        Assert.Equal(sheet.GetProperty("id").GetString(), page.GetProperty("sheet").GetProperty("id").GetString());
        Assert.Equal("images/plans/a.tif", page.GetProperty("sheet").GetProperty("path").GetString());
        Assert.Equal((320, "new"), (page.GetProperty("width").GetInt32(), page.GetProperty("verdict").GetString()));
        Assert.Equal("indexed", page.GetProperty("status").GetString());
        Assert.Equal(id, (await cluster.GetAsync($"/api/images/{id}")).GetProperty("id").GetString());
        await NotFoundAsync(cluster, "/api/images?path=images/plans/a.tif%23page=4");
        await NotFoundAsync(cluster, "/api/images?path=images/plans/a.tif%23page=03");

        using var shown = Image.NewFromBuffer(await cluster.Apps[0].Http.GetByteArrayAsync($"/api/images/{id}/content?size=64"));
        using var wanted = Image.NewFromBuffer(Scene(3));
        using var small = wanted.ThumbnailImage(64);
        Assert.InRange((shown - small).Abs().Avg(), 0, 8);

        // The same page in another document: for information, both stay.
        await cluster.TakeInAsync("plans/b.tif", SheetFile.Tiff(Scene(4), Scene(3)));
        await cluster.DrainAsync();
        var again = await cluster.GetAsync("/api/images?path=plans/b.tif%23page=2");
        Assert.Equal("exact", again.GetProperty("verdict").GetString());
        Assert.Equal("images/plans/a.tif#page=3", again.GetProperty("duplicateOf").GetProperty("path").GetString());
        Assert.Equal(id, again.GetProperty("duplicateOf").GetProperty("id").GetString());
        Assert.Equal("indexed", await cluster.StatusAsync("plans/b.tif"));
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task A_blob_that_is_called_like_a_page_goes_before_the_page_and_has_another_id()
    {
        await using var cluster = await Cluster.StartAsync(1);
        await cluster.TakeInAsync("a.tif", SheetFile.Tiff(Scene(1), Scene(2)));
        await cluster.DrainAsync();
        var page = await cluster.GetAsync("/api/images?path=a.tif%23page=2");
        await cluster.TakeInAsync("a.tif#page=2", Scene(9));
        await cluster.DrainAsync();

        var real = await cluster.GetAsync("/api/images?path=a.tif%23page=2");
        Assert.False(real.TryGetProperty("sheet", out _));
        Assert.NotEqual(page.GetProperty("id").GetString(), real.GetProperty("id").GetString());
        var byId = await cluster.GetAsync($"/api/images/{page.GetProperty("id").GetString()}");
        Assert.Equal(2, byId.GetProperty("page").GetInt32());

        await cluster.DeleteAsync("a.tif#page=2");
        Assert.True(await cluster.RemoveAsync("a.tif#page=2"), cluster.Output);
        await cluster.DrainAsync();
        Assert.Equal(2, (await cluster.GetAsync("/api/images?path=a.tif%23page=2")).GetProperty("page").GetInt32());
    }

    [Fact]
    public async Task Pages_follow_their_sheet_when_it_is_overwritten_moved_restored_and_deleted()
    {
        await using var cluster = await Cluster.StartAsync(2);
        await cluster.TakeInAsync("a.tif", SheetFile.Tiff(Scene(1), Scene(2), Scene(3)));
        await cluster.DrainAsync();
        Assert.Equal(3, await DocumentsAsync(cluster));

        await cluster.TakeInAsync("a.tif", SheetFile.Tiff(Scene(5), Scene(6)));
        await cluster.DrainAsync();
        Assert.Equal(2, await DocumentsAsync(cluster));
        await NotFoundAsync(cluster, "/api/images?path=a.tif%23page=3");
        Assert.Equal(2, Rows(cluster));

        await cluster.TakeInAsync("b.tif", SheetFile.Tiff(Scene(5), Scene(6)));
        await cluster.DrainAsync();
        Assert.Equal("quarantined", await cluster.StatusAsync("b.tif"));
        Assert.Equal(2, await DocumentsAsync(cluster));
        using var restored = await cluster.RestoreAsync((await cluster.FindAsync("b.tif"))!.Value);
        Assert.Equal(HttpStatusCode.OK, restored.StatusCode);
        await cluster.DrainAsync();
        Assert.Equal(4, await DocumentsAsync(cluster));

        // Another file at the path, which has no pages.
        await cluster.TakeInAsync("b.tif", Scene(7));
        await cluster.DeleteAsync("a.tif");
        Assert.True(await cluster.RemoveAsync("a.tif"), cluster.Output);
        await cluster.DrainAsync();
        Assert.Equal((0, 0), (await DocumentsAsync(cluster), Rows(cluster)));
        await cluster.AssertConsistentAsync();
    }

    [Fact]
    public async Task Wherever_the_app_is_killed_the_message_that_comes_again_finishes_the_pages()
    {
        await using var cluster = await Cluster.StartAsync(1);
        for (var (before, isOver) = (0, false); !isOver; before += Stride)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{before}.tif");
            await cluster.TakeInAsync(name, SheetFile.Tiff(Scene(100 + (2 * before)), Scene(101 + (2 * before))));
            var message = JsonSerializer.Serialize(new { id = new ImagePath("images", name).Id });
            await using (var victim = await Victim.StartAsync(cluster, before))
            {
                await victim.ArmAsync();
                isOver = await victim.App.TriggerAsync(Trigger.Message("MakeParts", message));
            }

            await cluster.DrainAsync();
            Assert.Equal(2, (await cluster.GetAsync($"/api/images?path={name}%23page=2")).GetProperty("page").GetInt32());
            Assert.Equal(2 * ((before / Stride) + 1), await DocumentsAsync(cluster));
            Assert.InRange(before, 0, 60);
        }
    }

    private static byte[] Scene(int seed) => Picture.Scene(seed).Png();

    private static async Task NotFoundAsync(Cluster cluster, string route)
    {
        using var response = await cluster.Apps[0].Http.GetAsync(route);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static async Task<long> DocumentsAsync(Cluster cluster) => (await cluster.Index(Parts).GetDocumentCountAsync()).Value;

    /// <summary>Rows of parts, without those that only say which page an id is of.</summary>
    private static int Rows(Cluster cluster) =>
        cluster.Table("ImageParts").Query<Azure.Data.Tables.TableEntity>("RowKey ne 'page'").Count();
}
