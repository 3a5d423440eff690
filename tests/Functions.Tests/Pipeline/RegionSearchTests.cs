using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using NetVips;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>Search by a part of a picture, of a stored one or of one that is sent.</summary>
public sealed class RegionSearchTests
{
    private const string RightHalf = "0.5,0,0.5,1";

    [Fact]
    public async Task A_part_finds_what_it_shows_whether_the_picture_is_stored_or_sent()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        var (fruits, home) = (Half("fruits"), Half("home"));
        using var both = fruits.Join(home, Enums.Direction.Horizontal);
        await cluster.TakeInAsync("both.png", both.PngsaveBuffer());
        await cluster.TakeInAsync("fruits.jpg", Picture.Photo("fruits").Jpeg());
        await cluster.TakeInAsync("home.png", home.PngsaveBuffer());
        var id = (await cluster.FindAsync("both.png"))!.Value.GetProperty("id").GetString();
        var http = cluster.Apps[0].Http;

        var stored = await cluster.GetAsync($"/api/search?id={id}&region={RightHalf}");
        Assert.Equal("images/home.png", Best(stored).Path);
        Assert.InRange(Best(stored).Similarity, 0.99, 1.001);
        Assert.Equal("images/both.png", Best(await cluster.GetAsync($"/api/search?id={id}")).Path);

        using var body = new ByteArrayContent(both.PngsaveBuffer()) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        var sent = await ReadAsync(await http.PostAsync($"/api/search?region={RightHalf}", body));
        Assert.Equal(Best(stored), Best(sent));
        var json = await ReadAsync(await http.PostAsJsonAsync("/api/search", new { id, region = RightHalf }));
        Assert.Equal(Best(stored), Best(json));
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(both.PngsaveBuffer()), "image", "both.png" },
            { new StringContent(RightHalf), "region" },
        };
        Assert.Equal(Best(stored), Best(await ReadAsync(await http.PostAsync("/api/search", form))));

        string[] wrong = ["0,0,1", "0,0,1,1,1", "a,0,1,1", "0.5,0,0.6,1", "-0.1,0,0.5,0.5", "0,0,0.001,1", "NaN,0,1,1", "0,0,1e9,1"];
        foreach (var region in wrong)
        {
            using var refused = await http.GetAsync($"/api/search?id={id}&region={region}");
            Assert.Equal((region, HttpStatusCode.BadRequest), (region, refused.StatusCode));
        }

        using var ofNothing = await http.GetAsync($"/api/search?text=house&region={RightHalf}");
        Assert.Equal(HttpStatusCode.BadRequest, ofNothing.StatusCode);
        await cluster.TakeInAsync("small.png", Picture.Scene(871, 64, 64).Png());
        var small = (await cluster.FindAsync("small.png"))!.Value.GetProperty("id").GetString();
        using var tooSmall = await http.GetAsync($"/api/search?id={small}&region=0,0,0.1,0.1");
        Assert.Equal(HttpStatusCode.BadRequest, tooSmall.StatusCode);
    }

    private static Image Half(string photo)
    {
        using var whole = Image.NewFromBuffer(Picture.Photo(photo).Png());
        return whole.ThumbnailImage(320, height: 320, size: Enums.Size.Force).CopyMemory();
    }

    private static (string? Path, double Similarity) Best(JsonElement reply)
    {
        var best = reply.GetProperty("results")[0];
        return (best.GetProperty("path").GetString(), Math.Round(best.GetProperty("similarity").GetDouble(), 3));
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }
    }
}
