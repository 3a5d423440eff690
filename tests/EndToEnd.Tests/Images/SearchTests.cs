using Shared;
using Xunit;

namespace EndToEnd.Tests;

public sealed class SearchTests(SharedStack shared)
{
    [Fact]
    public async Task Photographs_uploaded_by_two_clients_are_found_by_picture_and_by_words()
    {
        var api = shared.Api;
        var files = Picture.Photos.Select(Picture.PhotoFile).ToList();
        await NodeClient.UploadAsync(shared.Stack.ConnectionString, "images", files.Take(3));
        foreach (var file in files.Skip(3))
        {
            await api.UploadAsync(Path.GetFileName(file), await File.ReadAllBytesAsync(file));
        }

        foreach (var file in files)
        {
            var record = await api.RecordOfAsync(Path.GetFileName(file), await File.ReadAllBytesAsync(file));
            Assert.Equal(("indexed", "new"), ImageApi.Outcome(record));
        }

        foreach (var name in Picture.Photos)
        {
            var query = Picture.Photo(name).Resized(0.6).Cropped(0.03).Jpeg(60);
            var found = await api.SearchAsync(query, top: 1000);
            Assert.Equal($"images/{name}.jpg", ImageApi.Path(found[0]));
            Assert.True(found[0].GetProperty("similarity").GetDouble() > 0.9);
            Assert.Equal(
                found.OrderByDescending(result => result.GetProperty("similarity").GetDouble()).Select(ImageApi.Id),
                found.Select(ImageApi.Id)
            );
        }

        var oranges = await api.SearchAsync(
            new
            {
                text = "orange fruit",
                top = 3,
                filter = new { prefix = "images/" },
            }
        );
        Assert.Contains(oranges, result => ImageApi.Path(result) is "images/orange.jpg" or "images/fruits.jpg");
    }

    [Fact]
    public async Task A_stored_image_has_neighbours_without_itself()
    {
        var api = shared.Api;
        var record = await api.UploadAndWaitAsync("neighbours/a.jpg", Picture.Scene(9001).Jpeg());
        await api.UploadAndWaitAsync("neighbours/b.jpg", Picture.Scene(9002).Jpeg());
        var similar = await ImageApi.ReadAsync(await api.Http.GetAsync($"/api/images/{ImageApi.Id(record)}/similar?top=1000"));
        var paths = similar.GetProperty("results").EnumerateArray().Select(ImageApi.Path).ToList();
        Assert.Contains("images/neighbours/b.jpg", paths);
        Assert.DoesNotContain("images/neighbours/a.jpg", paths);
    }

    [Fact]
    public async Task Filters_narrow_a_search_and_minSimilarity_cuts_it()
    {
        var api = shared.Api;
        await api.UploadAndWaitAsync("filters/o'neil.jpg", Picture.Scene(9011).Jpeg());
        await api.UploadAndWaitAsync("filters/two.png", Picture.Scene(9012).Png());

        var all = await api.SearchAsync(
            new
            {
                text = "shapes",
                top = 100,
                filter = new { prefix = "filters/" },
            }
        );
        Assert.Equal(["images/filters/o'neil.jpg", "images/filters/two.png"], all.Select(ImageApi.Path).Order(StringComparer.Ordinal));
        var png = await api.SearchAsync(new { text = "shapes", filter = new { prefix = "filters/", format = "png" } });
        Assert.Equal("images/filters/two.png", ImageApi.Path(Assert.Single(png)));
        var part = await api.SearchAsync(
            new
            {
                text = "shapes",
                top = 100,
                filter = new { prefix = "filters/t" },
            }
        );
        Assert.Equal("images/filters/two.png", ImageApi.Path(Assert.Single(part)));
        var quoted = await api.SearchAsync(new { text = "shapes", filter = new { prefix = "filters/o'neil" } });
        Assert.Equal("images/filters/o'neil.jpg", ImageApi.Path(Assert.Single(quoted)));
        var later = await api.SearchAsync(
            new { text = "shapes", filter = new { prefix = "filters/", uploadedAfter = DateTimeOffset.UtcNow.AddDays(1) } }
        );
        Assert.Empty(later);
        var alike = await api.SearchAsync(
            new
            {
                image = Convert.ToBase64String(Picture.Scene(9011).Jpeg()),
                minSimilarity = 0.99,
                filter = new { prefix = "filters/" },
            }
        );
        Assert.Equal("images/filters/o'neil.jpg", ImageApi.Path(Assert.Single(alike)));
    }

    [Fact]
    public async Task A_query_may_mix_pictures_and_words_and_push_away()
    {
        var api = shared.Api;
        var a = Picture.Scene(9021).Jpeg();
        var record = await api.UploadAndWaitAsync("mixed/a.jpg", a);
        await api.UploadAndWaitAsync("mixed/b.jpg", Picture.Scene(9022).Jpeg());
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(a), "image", "query.jpg" },
            { new StringContent("red"), "text" },
            { new StringContent("{\"text\":0.1}"), "weights" },
            { new StringContent("{\"prefix\":\"mixed/\"}"), "filter" },
        };
        var byForm = await ImageApi.ReadAsync(await api.Http.PostAsync("/api/search", form));
        Assert.Equal("images/mixed/a.jpg", byForm.GetProperty("results")[0].GetProperty("path").GetString());
        var byId = await api.SearchAsync(
            new
            {
                id = ImageApi.Id(record),
                not = "people",
                filter = new { prefix = "mixed/" },
            }
        );
        Assert.Equal("images/mixed/a.jpg", ImageApi.Path(byId[0]));
    }

    [Fact]
    public async Task Embed_gives_the_unit_vectors_whose_product_is_the_similarity()
    {
        var api = shared.Api;
        var bytes = Picture.Scene(9031).Jpeg();
        await api.UploadAndWaitAsync("embed/a.jpg", bytes);
        using var image = new ByteArrayContent(bytes);
        image.Headers.ContentType = new("image/jpeg");
        var ofImage = Vector(await ImageApi.ReadAsync(await api.Http.PostAsync("/api/embed", image)));
        using var text = new StringContent("{\"text\":\"a red circle\"}", System.Text.Encoding.UTF8, "application/json");
        var ofText = Vector(await ImageApi.ReadAsync(await api.Http.PostAsync("/api/embed", text)));
        Assert.Equal(1, ofImage.Sum(value => value * value), 4);
        Assert.Equal(1, ofText.Sum(value => value * value), 4);
        var found = await api.SearchAsync(
            new
            {
                text = "a red circle",
                top = 1,
                filter = new { prefix = "embed/" },
            }
        );
        Assert.Equal(ofImage.Zip(ofText, (a, b) => a * b).Sum(), found[0].GetProperty("similarity").GetDouble(), 4);
    }

    private static double[] Vector(System.Text.Json.JsonElement reply)
    {
        var vector = reply.GetProperty("vector").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        Assert.Equal(reply.GetProperty("dimensions").GetInt32(), vector.Length);
        return vector;
    }
}
