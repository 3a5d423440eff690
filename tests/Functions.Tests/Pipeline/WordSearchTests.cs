using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Functions.Tests.Imaging.Metadata;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>Images are found by their names, by what their files say and by what they look like, and each result says why.</summary>
public sealed class WordSearchTests(WordSearchTests.Shared shared) : IClassFixture<WordSearchTests.Shared>
{
    [Theory]
    [InlineData("IMG_2041", "camera/IMG_2041.jpg", "name")]
    [InlineData("img 2041", "camera/IMG_2041.jpg", "name")]
    [InlineData("stair", "StairCase-old.png", "name")]
    [InlineData("staircase", "StairCase-old.png", "name")]
    [InlineData("gulls", "sea/one.jpg", "title")]
    [InlineData("harbour of arsund", "sea/one.jpg", "caption")]
    [InlineData("golden retriever", "sea/one.jpg", "keywords")]
    [InlineData("写真", "sea/one.jpg", "keywords")]
    [InlineData("photos from may 2019", "sea/one.jpg", "taken")]
    [InlineData("fujifilm", "sea/one.jpg", "camera")]
    [InlineData("sea 2019", "sea/one.jpg", "folders")]
    public async Task Words_bring_the_image_they_name_first_and_say_where_they_stand(string text, string path, string matched)
    {
        foreach (var mode in new[] { "hybrid", "words" })
        {
            var first = (await shared.SearchAsync($"text={Uri.EscapeDataString(text)}&mode={mode}"))[0];
            Assert.Equal($"images/{path}", first.GetProperty("path").GetString());
            Assert.Contains(matched, Texts(first.GetProperty("matched")));
            var highlight = first
                .GetProperty("highlights")
                .EnumerateArray()
                .First(item => item.GetProperty("field").GetString() == matched);
            var mark = highlight.GetProperty("marks")[0];
            var marked = highlight
                .GetProperty("text")
                .GetString()!
                .Substring(mark.GetProperty("start").GetInt32(), mark.GetProperty("length").GetInt32());
            Assert.NotEqual("", marked);
        }
    }

    [Fact]
    public async Task Every_similarity_is_the_cosine_that_a_search_by_vector_alone_reports()
    {
        var vector = await shared.SearchAsync("text=golden%20retriever&mode=vector&top=50");
        Assert.All(vector, result => Assert.Equal(["vector"], Texts(result.GetProperty("matched"))));
        var cosines = vector.ToDictionary(Path, result => result.GetProperty("similarity").GetDouble());
        foreach (var mode in new[] { "hybrid", "words" })
        {
            Assert.All(
                await shared.SearchAsync($"text=golden%20retriever&mode={mode}"),
                result => Assert.Equal(cosines[Path(result)], result.GetProperty("similarity").GetDouble(), 4)
            );
        }
    }

    [Fact]
    public async Task What_only_looks_right_comes_as_well_unless_words_alone_are_asked_for()
    {
        Assert.Equal(3, (await shared.SearchAsync("text=IMG_2041")).Length);
        Assert.Equal(["images/camera/IMG_2041.jpg"], (await shared.SearchAsync("text=IMG_2041&mode=words")).Select(Path));
        Assert.Empty(await shared.SearchAsync("text=nothingofthatname&mode=words"));
        Assert.Equal(3, (await shared.SearchAsync("text=nothingofthatname")).Length);
    }

    [Theory]
    [InlineData("\"*\" OR id:*")]
    [InlineData("name:/.*/ && (")]
    [InlineData("\\\"")]
    [InlineData("~~ ^^ [a TO")]
    [InlineData("a&filter=x' or 1 eq 1")]
    public async Task Syntax_in_a_text_is_text(string text)
    {
        foreach (var mode in new[] { "hybrid", "vector" })
        {
            using var response = await shared.Http.GetAsync($"/api/search?mode={mode}&text={Uri.EscapeDataString(text)}");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task Filters_hold_for_words_too() => Assert.Empty(await shared.SearchAsync("text=IMG_2041&prefix=sea/&mode=words"));

    [Theory]
    [InlineData("near=48.86,-70.5,5", 1)]
    [InlineData("near=48.86,-70.5,0.01", 0)]
    [InlineData("box=48,-71,49,-70", 1)]
    [InlineData("box=-49,-71,-48,-70", 0)]
    [InlineData("takenAfter=2019-05-21&takenBefore=2019-05-22", 1)]
    [InlineData("camera=fujifilm", 1)]
    [InlineData("camera=x-t3", 1)]
    [InlineData("camera=canon", 0)]
    [InlineData("minRating=4", 1)]
    [InlineData("minRating=5", 0)]
    [InlineData("keywords=golden%20retriever,gull", 1)]
    [InlineData("notKeywords=gull", 2)]
    [InlineData("properties=project=harbour%20walk", 1)]
    [InlineData("notPrefix=sea/", 2)]
    public async Task Filters_hold_for_what_files_and_blobs_say(string filter, int found)
    {
        Assert.Equal(found, (await shared.SearchAsync($"text=anything&{filter}")).Length);
        Assert.Equal(found, (await shared.GetAsync($"/api/browse?{filter}")).GetProperty("images").GetArrayLength());
    }

    [Theory]
    [InlineData("text=stair")]
    [InlineData("text=sea&minSimilarity=-0.99")]
    [InlineData("text=stair&mode=vector")]
    public async Task Pages_bring_the_results_of_one_answer_each_once(string query)
    {
        var (paths, continuation) = (new List<string>(), "");
        do
        {
            var page = await shared.GetAsync($"/api/search?{query}&top=1&continuation={continuation}");
            paths.AddRange(page.GetProperty("results").EnumerateArray().Select(Path));
            continuation = page.GetProperty("continuation").GetString();
        } while (continuation is not null);

        Assert.Equal((await shared.SearchAsync($"{query}&top=50")).Select(Path), paths);
    }

    [Fact]
    public async Task Results_come_in_the_order_asked_for()
    {
        var bytes = (await shared.SearchAsync("text=any&sort=bytes")).Select(result => result.GetProperty("bytes").GetInt64()).ToList();
        Assert.Equal(bytes.OrderDescending(), bytes);
        Assert.Equal("images/sea/one.jpg", Path((await shared.SearchAsync("text=stair&sort=taken"))[0]));
        var cosines = (await shared.SearchAsync("text=stair&sort=similarity")).Select(result =>
            result.GetProperty("similarity").GetDouble()
        );
        Assert.Equal(cosines.OrderDescending(), cosines);
    }

    [Theory]
    [InlineData("bytes")]
    [InlineData("uploadedAt")]
    public async Task Words_alone_are_sorted_over_all_pages(string by)
    {
        var (results, continuation) = (new List<JsonElement>(), "");
        do
        {
            var page = await shared.GetAsync(
                $"/api/search?text=jpg&mode=words&sort={(by == "bytes" ? by : "uploaded")}&top=1&continuation={continuation}"
            );
            results.AddRange(page.GetProperty("results").EnumerateArray());
            continuation = page.GetProperty("continuation").GetString();
        } while (continuation is not null);

        Assert.Equal(2, results.Count);
        Assert.All(results, result => Assert.Contains("name", Texts(result.GetProperty("matched"))));
        var values = results.Select(result =>
            by == "bytes" ? result.GetProperty(by).GetInt64() : result.GetProperty(by).GetDateTimeOffset().UtcTicks
        );
        Assert.Equal(values.OrderDescending(), values);
    }

    [Fact]
    public async Task Several_images_are_examples_and_unwanted_ones_are_left_out()
    {
        var ids = (await shared.SearchAsync("text=any&mode=vector")).ToDictionary(Path, result => result.GetProperty("id").GetString());
        var (camera, sea) = (ids["images/camera/IMG_2041.jpg"], ids["images/sea/one.jpg"]);
        var alike = await shared.SearchAsync($"ids={camera},{sea}");
        Assert.Equal("images/StairCase-old.png", Path(alike[^1]));
        var found = await shared.SearchAsync($"ids={camera}&notIds={sea}");
        Assert.Equal("images/camera/IMG_2041.jpg", Path(found[0]));
        Assert.DoesNotContain("images/sea/one.jpg", found.Select(Path));
    }

    [Theory]
    [InlineData("text=red&continuation=after-9999")]
    [InlineData("text=red&continuation=x")]
    [InlineData("text=red&sort=name")]
    public async Task A_page_or_an_order_that_there_is_not_is_refused(string query)
    {
        using var response = await shared.Http.GetAsync($"/api/search?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("text=red&mode=fuzzy", "'mode' is 'fuzzy'")]
    [InlineData("text=---&mode=words", "contains no word")]
    public async Task A_mode_that_makes_no_sense_is_refused(string query, string problem)
    {
        using var response = await shared.Http.GetAsync($"/api/search?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(problem, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_alone_is_searched_by_vector_and_with_words_by_both()
    {
        using var image = new ByteArrayContent(MetadataFiles.Bytes("all.jpg"));
        image.Headers.ContentType = new("image/jpeg");
        using var alone = await shared.Http.PostAsync("/api/search", image);
        Assert.Equal("vector", (await alone.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("mode").GetString());
        using var mixed = await shared.Http.PostAsJsonAsync("/api/search", new { text = "stair", image = MetadataFiles.Bytes("all.jpg") });
        var reply = await mixed.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("hybrid", reply.GetProperty("mode").GetString());
        Assert.Contains("images/StairCase-old.png", reply.GetProperty("results").EnumerateArray().Select(Path));
    }

    private static string Path(JsonElement result) => result.GetProperty("path").GetString()!;

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(item => item.GetString());

    public sealed class Shared : IAsyncLifetime
    {
        private Cluster? cluster;

        public HttpClient Http => cluster!.Apps[0].Http;

        public async ValueTask InitializeAsync()
        {
            cluster = await Cluster.StartAsync(apps: 1);
            await cluster.UploadAsync("sea/one.jpg", MetadataFiles.Bytes("all.jpg"));
            await cluster.Blob("sea/one.jpg").SetMetadataAsync(new Dictionary<string, string> { ["Project"] = "harbour%20walk" });
            Assert.True(await cluster.IngestAsync("sea/one.jpg"), cluster.Output);
            await cluster.TakeInAsync("camera/IMG_2041.jpg", Picture.Scene(1).Jpeg());
            await cluster.TakeInAsync("StairCase-old.png", Picture.Scene(2).Png());
        }

        public async Task<JsonElement[]> SearchAsync(string query) =>
            [.. (await cluster!.GetAsync($"/api/search?{query}")).GetProperty("results").EnumerateArray()];

        public Task<JsonElement> GetAsync(string route) => cluster!.GetAsync(route);

        public ValueTask DisposeAsync() => cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
