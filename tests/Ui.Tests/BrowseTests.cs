using System.Net;
using System.Text.Json;
using Xunit;

namespace Ui.Tests;

public sealed class BrowseTests(Site site)
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public async Task Every_image_is_on_exactly_one_page_newest_first_also_of_those_uploaded_in_the_same_second(int top)
    {
        var images = new List<JsonElement>();
        string? continuation = null;
        do
        {
            var page = await site.Api.GetAsync($"/api/browse?prefix=scenes/&top={top}&continuation={continuation}");
            images.AddRange(page.GetProperty("images").EnumerateArray());
            continuation = page.GetProperty("continuation").GetString();
        } while (continuation is not null);

        Assert.Equal(Collection.Scenes, images.Count);
        Assert.Equal(Collection.Scenes, images.Select(image => image.GetProperty("id").GetString()).Distinct().Count());
        var times = images.Select(image => image.GetProperty("uploadedAt").GetDateTime()).ToList();
        Assert.Equal(times.OrderDescending(), times);
        Assert.True(times.Distinct().Count() < times.Count, "No two were uploaded in the same second, so the test proves nothing.");
    }

    [Theory]
    [InlineData("12")]
    [InlineData("abc-1")]
    [InlineData("1-2-3")]
    [InlineData("9999999999999999999-0")]
    public async Task A_continuation_that_was_not_given_is_refused(string continuation)
    {
        using var response = await site.Api.Http.GetAsync($"/api/browse?continuation={continuation}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
