using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Azure.Storage.Sas;
using EndToEnd.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>
/// A page of another origin, in a real browser, that knows the published key of the storage: it signs what it sends, and sends only what
/// a browser sends without asking first.
/// </summary>
public sealed class CrossSiteTests(Site site)
{
    private const string BatchType = "multipart/form-data; boundary=batch_x";

    private const string Try = """
        async ([method, address, type, body]) => {
          const headers = type ? { "content-type": type } : {};
          try { await fetch(address, { method, mode: "no-cors", headers, body: body || undefined }); } catch { }
        }
        """;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData(Site.ForeignName)]
    public async Task A_page_of_another_origin_deletes_nothing_writes_nothing_and_hides_nothing(string name)
    {
        var folder = $"cross-site/{name}";
        var (images, queue) = (site.Stack.Images, new QueueClient(site.Stack.ConnectionString, $"cross-site-{Guid.NewGuid():N}"));
        await site.Api.UploadAndWaitAsync($"{folder}/kept.jpg", Picture.Scene(8800 + name.Length).Jpeg());
        var control = site.Stack.Blobs.GetBlobContainerClient($"control-{Guid.NewGuid():N}"); // Other pages show what is in "images".
        await control.CreateAsync();
        await control.UploadBlobAsync("control.jpg", BinaryData.FromBytes(Picture.Scene(8900 + name.Length).Jpeg()));
        await queue.CreateAsync();
        await queue.SendMessageAsync("one");
        var (blobs, queues) = (site.Stack.Blobs.Uri, queue.Uri);
        await using var other = await OtherSiteAsync();
        await using var tab = await site.OpenAsync(
            $"http://{name}:{new Uri(other.Urls.Single()).Port}/",
            new BrowserNewContextOptions { IgnoreHTTPSErrors = true }
        );
        tab.ExpectsRefusals = true;
        var answers = new ConcurrentBag<IResponse>();
        tab.Page.Response += (_, answer) => answers.Add(answer);

        await TryAsync(tab, "POST", $"{blobs}/?comp=batch&{Sas()}", BatchType, BodyOf(images.GetBlobClient($"{folder}/kept.jpg")));
        await TryAsync(tab, "PUT", $"{images.Uri}/{folder}/written.jpg?{Sas()}", "text/plain", "written");
        await TryAsync(
            tab,
            "POST",
            $"{queues}/messages?{Sas()}",
            "text/plain",
            "<QueueMessage><MessageText>two</MessageText></QueueMessage>"
        );
        await TryAsync(tab, "GET", $"{queues}/messages?numofmessages=32&visibilitytimeout=604800&{Sas()}");
        foreach (var listener in await Listeners.OfAsync(site.Stack))
        {
            await TryAsync(tab, "POST", $"{listener}api/reconcile", "text/plain", "{}");
            await TryAsync(tab, "POST", $"{listener}IngestImage", "text/plain", "{}");
            await TryAsync(tab, "POST", $"{listener}runtime/webhooks/blobs?functionName=Host.Functions.IngestImage", "text/plain", "[]");
            await TryAsync(tab, "POST", $"{listener}indexes('images')/docs/search.index?api-version=2024-07-01", "text/plain", "{}");
        }

        Assert.True(await images.GetBlobClient($"{folder}/kept.jpg").ExistsAsync());
        Assert.False(await images.GetBlobClient($"{folder}/written.jpg").ExistsAsync());
        Assert.Equal(["one"], (await queue.PeekMessagesAsync(32)).Value.Select(message => message.MessageText));
        Assert.NotEmpty(answers);
        Assert.All(answers, answer => Assert.True(answer.Status >= 400, $"{answer.Url} was answered with {answer.Status}"));

        // The same request does delete where it comes from a program.
        await BatchAsync(control.GetBlobClient("control.jpg"));
        Assert.False(await control.GetBlobClient("control.jpg").ExistsAsync());
    }

    [Fact]
    public async Task A_name_that_was_made_to_mean_this_machine_opens_nothing()
    {
        foreach (var listener in await Listeners.OfAsync(site.Stack))
        {
            var foreign = new UriBuilder(listener) { Host = Site.ForeignName }.Uri;
            await using var tab = await site.OpenAsync("about:blank", new BrowserNewContextOptions { IgnoreHTTPSErrors = true });
            tab.ExpectsRefusals = true;
            foreach (var path in new[] { "api/health", $"devstoreaccount1?comp=list&{Sas()}", "indexes?api-version=2024-07-01", "ui" })
            {
                var answer = await GotoAsync(tab.Page, new Uri(foreign, path).AbsoluteUri);
                Assert.True(answer is null or >= 400, $"{foreign} answers {path} with {answer}");
            }
        }
    }

    private static async Task<int?> GotoAsync(IPage page, string address)
    {
        try
        {
            return (await page.GotoAsync(address))?.Status;
        }
        catch (PlaywrightException)
        {
            // What speaks no HTTP/1 of a browser answers nothing.
            return null;
        }
    }

    private static Task TryAsync(Tab tab, string method, string address, string type = "", string body = "") =>
        tab.Page.EvaluateAsync(Try, new[] { method, address, type, body });

    private string BodyOf(BlobClient blob) =>
        $"--batch_x\r\nContent-Type: application/http\r\nContent-ID: 0\r\n\r\nDELETE {blob.Uri.AbsolutePath}?{Sas()} "
        + "HTTP/1.1\r\n\r\n--batch_x--\r\n";

    private async Task BatchAsync(BlobClient blob)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(BodyOf(blob)))
        {
            Headers = { ContentType = MediaTypeHeaderValue.Parse(BatchType) },
        };
        using var answer = await site.Api.Http.PostAsync(new Uri($"{site.Stack.Blobs.Uri}/?comp=batch&{Sas()}"), body);
        answer.EnsureSuccessStatusCode();
    }

    private string Sas()
    {
        var words = site
            .Stack.ConnectionString.Split(';')
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return new AccountSasBuilder(
            AccountSasPermissions.All,
            DateTimeOffset.UtcNow.AddHours(1),
            AccountSasServices.All,
            AccountSasResourceTypes.All
        )
            .ToSasQueryParameters(new StorageSharedKeyCredential(words["AccountName"], words["AccountKey"]))
            .ToString();
    }

    private static async Task<WebApplication> OtherSiteAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var other = builder.Build();
        other.MapGet("/", () => Results.Content("<!doctype html><link rel=icon href=data:,><title>Another site</title>", "text/html"));
        await other.StartAsync();
        return other;
    }
}
