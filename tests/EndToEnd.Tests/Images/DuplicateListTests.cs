using System.Net;
using System.Text.Json;
using Shared;
using Xunit;

namespace EndToEnd.Tests;

public sealed class DuplicateListTests(SharedStack shared)
{
    [Fact]
    public async Task A_group_shows_what_was_displaced_and_follows_what_becomes_of_it()
    {
        var api = shared.Api;
        var scene = Picture.Scene(8101, 640, 480);
        var kept = await api.UploadAndWaitAsync("listed/kept.jpg", scene.Jpeg(92));
        var exact = await api.UploadAndWaitAsync("listed/exact.jpg", scene.Jpeg(92));
        var copy = await api.UploadAndWaitAsync("listed/copy.jpg", scene.Jpeg(40));

        var group = await GroupAsync(ImageApi.Id(kept), "confidence", "");
        Assert.Equal("images/listed/kept.jpg", ImageApi.Path(group.GetProperty("kept")));
        Assert.Equal(1, group.GetProperty("confidence").GetDouble());
        Assert.Equal([ImageApi.Id(exact), ImageApi.Id(copy)], Members(group));
        Assert.All(
            group.GetProperty("members").EnumerateArray(),
            member => Assert.Equal("quarantined", member.GetProperty("status").GetString())
        );
        Assert.NotEmpty(group.GetProperty("members")[1].GetProperty("evidence").GetProperty("sentence").GetString()!);

        await api.RestoreAsync(copy);
        Assert.Equal([ImageApi.Id(exact)], Members(await GroupAsync(ImageApi.Id(kept), "date", "quarantined")));
        Assert.Equal([ImageApi.Id(copy)], Members(await GroupAsync(ImageApi.Id(kept), "size", "lookAlike")));

        (await api.Http.DeleteAsync($"/api/quarantine/{ImageApi.Id(exact)}")).EnsureSuccessStatusCode();

        // The local host finds deletions by comparing lists: one that holds this later upload holds the restored blob too.
        await api.UploadAndWaitAsync("listed/later.jpg", Picture.Scene(8103, 640, 480).Jpeg());
        await shared.Stack.Images.DeleteBlobAsync("listed/copy.jpg");
        await api.GoneAsync("listed/copy.jpg");
        await Patience.UntilAsync(
            async () =>
            {
                using var response = await api.Http.GetAsync($"/api/duplicates/{ImageApi.Id(kept)}");
                return Members(await ImageApi.ReadAsync(response)).Length;
            },
            count => count == 0,
            "the group to be empty"
        );
    }

    [Fact]
    public async Task What_if_answers_from_stored_scores()
    {
        var api = shared.Api;
        var scene = Picture.Scene(8111, 640, 480);
        await api.UploadAndWaitAsync("what-if/kept.jpg", scene.Jpeg(92));
        var copy = await api.UploadAndWaitAsync("what-if/copy.jpg", scene.Jpeg(60));
        Assert.Equal(("quarantined", "copy"), ImageApi.Outcome(copy));
        var now = await ImageApi.ReadAsync(await api.Http.GetAsync("/api/duplicates/what-if"));
        Assert.Equal(now.GetProperty("currentThreshold").GetDouble(), now.GetProperty("threshold").GetDouble());
        Assert.True(now.GetProperty("quarantinedToday").GetInt32() >= 1);
        Assert.Equal(
            now.GetProperty("scored").GetInt32(),
            now.GetProperty("histogram")
                .EnumerateArray()
                .Sum(bar => new[] { "quarantined", "copies", "lookAlikes", "near" }.Sum(name => bar.GetProperty(name).GetInt32()))
        );
        var none = await ImageApi.ReadAsync(await api.Http.GetAsync("/api/duplicates/what-if?threshold=1&top=100"));
        int Count(string name) => none.GetProperty(name).GetInt32();
        Assert.Equal(Count("quarantinedToday") + Count("added") - Count("released"), Count("quarantined"));
    }

    [Theory]
    [InlineData("/api/duplicates?sort=name", "sort")]
    [InlineData("/api/duplicates?status=gone", "status")]
    [InlineData("/api/duplicates?top=0", "top")]
    [InlineData("/api/duplicates?continuation=abc", "continuation")]
    [InlineData("/api/duplicates/what-if?threshold=2", "threshold")]
    public async Task A_wrong_query_is_refused_by_name(string address, string name)
    {
        using var response = await shared.Api.Http.GetAsync(address);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Contains($"'{name}'", problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static string[] Members(JsonElement group) => [.. group.GetProperty("members").EnumerateArray().Select(ImageApi.Id)];

    /// <summary>Pages through the whole list; the group must come exactly once.</summary>
    private async Task<JsonElement> GroupAsync(string keptId, string sort, string status)
    {
        var groups = new List<JsonElement>();
        for (var continuation = ""; continuation is not null; )
        {
            var page = await ImageApi.ReadAsync(
                await shared.Api.Http.GetAsync(
                    $"/api/duplicates?top=5&sort={sort}{(status.Length > 0 ? $"&status={status}" : "")}&continuation={continuation}"
                )
            );
            groups.AddRange(page.GetProperty("groups").EnumerateArray());
            continuation = page.GetProperty("continuation").GetString();
        }

        return Assert.Single(groups, group => ImageApi.Id(group.GetProperty("kept")) == keptId);
    }
}
