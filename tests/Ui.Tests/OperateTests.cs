using Azure.Storage.Queues;
using Microsoft.Playwright;
using Xunit;

namespace Ui.Tests;

public sealed class OperateTests(Site site)
{
    [Fact]
    public async Task Health_tells_the_model_the_images_and_what_waits()
    {
        await using var tab = await site.OpenAsync("/ui/operate");
        var health = tab.Page.GetByLabel("Health", new PageGetByLabelOptions { Exact = true });
        await health.GetByText("Ready").WaitForAsync();
        await health.GetByText(new System.Text.RegularExpressions.Regex(@"^\d+ dimensions, onnx$")).WaitForAsync();
        foreach (var title in new[] { "Images", "Duplicates", "Waiting", "Second looks", "Given up" })
        {
            Assert.Matches(
                @"^[\d,]+$",
                await health.Locator(".card", new LocatorLocatorOptions { HasText = title }).Locator(".value").TextContentAsync() ?? ""
            );
        }

        await tab.KeepScreenshotAsync("operate");
    }

    [Theory]
    [InlineData("mouse")]
    [InlineData("keyboard")]
    public async Task A_backfill_is_estimated_before_it_is_run(string by)
    {
        await using var tab = await site.OpenAsync("/ui/operate");
        await tab.Page.GetByLabel("Only names that begin with").FillAsync("drawings/");
        var estimate = tab.Button("Estimate");
        if (by == "mouse")
        {
            await estimate.ClickAsync();
        }
        else
        {
            await tab.TabToAsync(estimate);
            await tab.Page.Keyboard.PressAsync("Enter");
        }

        var job = tab.Page.Locator(".job", new PageLocatorOptions { HasText = "Estimate of images/drawings/: completed" }).First;
        await job.GetByText("5 blobs seen, 0 to judge").WaitForAsync();
    }

    [Fact]
    public async Task A_container_that_is_not_watched_is_refused_in_words()
    {
        await using var tab = await site.OpenAsync("/ui/operate");
        tab.ExpectsRefusals = true;
        await tab.Page.GetByLabel("Container").FillAsync("elsewhere");
        await tab.Button("Start", exact: true).ClickAsync();
        await tab.Page.GetByText("'container' must be 'images'").WaitForAsync();
    }

    [Fact]
    public async Task Bucket_records_and_index_are_compared_and_nothing_is_changed_by_looking()
    {
        await using var tab = await site.OpenAsync("/ui/operate");
        var sent = tab.Page.WaitForRequestAsync(request => request.Method == "POST");
        await tab.Button("Look for differences").ClickAsync();
        Assert.EndsWith("/api/reconcile?dryRun=true", (await sent).Url, StringComparison.Ordinal);
        await tab.Page.GetByText("compared.").WaitForAsync();
    }

    [Fact]
    public async Task A_message_that_was_given_up_is_shown_and_sent_again()
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        var poison = new QueueClient(site.Stack.ConnectionString, "recheck-image-poison", options);
        await poison.CreateIfNotExistsAsync();
        await poison.SendMessageAsync("""{"id":"00000000000000000000000000000000","sequence":0,"path":"images/operate/<b>gone</b>.jpg"}""");

        await using var tab = await site.OpenAsync("/ui/operate");
        await tab.Page.GetByText("images/operate/<b>gone</b>.jpg").WaitForAsync();
        await tab.TabToAsync(tab.Button("Send them again"));
        var told = tab.Page.GetByText("1 message sent again.").WaitForAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await told;
        Assert.Equal(0, (await poison.GetPropertiesAsync()).Value.ApproximateMessagesCount);
        await Assertions.Expect(tab.Button("Send them again")).ToBeHiddenAsync();
    }
}
