using Microsoft.Playwright;
using Shared;
using Xunit;

namespace Ui.Tests;

public sealed class UploadTests(Site site)
{
    [Theory]
    [InlineData("picked")]
    [InlineData("dropped")]
    public async Task Files_are_followed_to_their_verdicts_without_a_reload(string how)
    {
        var picture = Picture.Scene(how.Length + 7000, 420, 300);
        await using var tab = await site.OpenAsync("/ui/upload");
        await tab.Page.GetByLabel("Store them in the folder").FillAsync($"upload-{how}/");
        var files = new (string Name, string Type, byte[] Bytes)[]
        {
            ("first.jpg", "image/jpeg", picture.Jpeg()),
            ("cut.jpg", "image/jpeg", picture.Jpeg()[..4000]),
            ("note.txt", "text/plain", "no picture"u8.ToArray()),
        };
        await GiveAsync(tab, how, files);
        await tab.Page.GetByText("3 of 3 files done: 1 image indexed, 2 rejected.").WaitForAsync();
        await Row(tab, $"upload-{how}/first.jpg").GetByText("New, indexed.").WaitForAsync();
        await Row(tab, $"upload-{how}/cut.jpg").GetByText("The image is cut short").WaitForAsync();
        await Row(tab, $"upload-{how}/note.txt").GetByText("not an image of a supported format").WaitForAsync();

        await GiveAsync(tab, how, [("copy.jpg", "image/jpeg", picture.Resized(0.8).Jpeg(70)), ("again.jpg", "image/jpeg", picture.Jpeg())]);
        await tab.Page.GetByText("5 of 5 files done: 1 image indexed, 2 copies in quarantine, 2 rejected.").WaitForAsync();
        await Row(tab, $"upload-{how}/copy.jpg").GetByText("A copy of").WaitForAsync();
        await tab.KeepScreenshotAsync($"upload-{how}");

        await tab.Link("Review", exact: true).First.ClickAsync();
        await tab.Page.Locator(".member").First.WaitForAsync();
        await tab.Link("Upload", exact: true).ClickAsync();
        await tab.Page.GetByText("5 of 5 files done").WaitForAsync();
    }

    [Fact]
    public async Task A_path_that_is_taken_is_said_and_replaced_only_at_ones_word()
    {
        await using var tab = await site.OpenAsync("/ui/upload");
        tab.ExpectsRefusals = true;
        await GiveAsync(tab, "picked", [("taken.jpg", "image/jpeg", Picture.Scene(7101, 300, 240).Jpeg())]);
        await Row(tab, "taken.jpg").GetByText("New, indexed.").WaitForAsync();
        var other = Picture.Scene(7102, 300, 240).Jpeg();
        await site.ChangesAsync("taken.jpg");
        await GiveAsync(tab, "picked", [("taken.jpg", "image/jpeg", other)]);
        await Row(tab, "taken.jpg").First.GetByText("'images/taken.jpg' already exists.").WaitForAsync();
        await tab.TabToAsync(tab.Button("Replace it"));
        await tab.Page.Keyboard.PressAsync("Enter");
        await Row(tab, "taken.jpg").First.GetByText("New, indexed.").WaitForAsync();
        var record = await site.Api.UntilAsync("taken.jpg", status => status == "indexed");
        Assert.Equal(other.Length, record.GetProperty("bytes").GetInt32());
    }

    [Theory]
    [InlineData("path=a%5Cb.jpg", 400, "backslash")]
    [InlineData("path=a%2F..%2Fb.jpg", 400, "..")]
    [InlineData("path=a%00.jpg", 400, "control character")]
    [InlineData("path=images%2F", 400, "Give the path to store it at")]
    [InlineData("path=folder%2F", 400, "empty")]
    [InlineData("path=a.jpg&overwrite=yes", 400, "true or false")]
    [InlineData("", 400, "Give the path to store it at")]
    public async Task An_upload_that_cannot_be_stored_is_refused_with_the_reason(string query, int status, string reason)
    {
        using var body = new ByteArrayContent([1, 2, 3]);
        using var response = await site.Api.Http.PostAsync($"/api/images?{query}", body);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(reason, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_change_anything()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/images?path=from-elsewhere.jpg")
        {
            Content = new ByteArrayContent([1]),
        };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var response = await site.Api.Http.SendAsync(request);
        Assert.Equal(403, (int)response.StatusCode);
        await site.Api.UntilAsync("from-elsewhere.jpg", status => status == "unknown");
    }

    private static ILocator Row(Tab tab, string path) =>
        tab.Page.Locator(
            ".upload-row",
            new PageLocatorOptions { Has = tab.Page.GetByTitle(path, new PageGetByTitleOptions { Exact = true }) }
        );

    private static Task GiveAsync(Tab tab, string how, params (string Name, string Type, byte[] Bytes)[] files) =>
        how == "dropped"
            ? Files.GiveAsync(tab.Page, "drop", files)
            : tab.Page.SetInputFilesAsync(
                "[data-pick=files]",
                files.Select(file => new FilePayload
                {
                    Name = file.Name,
                    MimeType = file.Type,
                    Buffer = file.Bytes,
                })
            );
}
