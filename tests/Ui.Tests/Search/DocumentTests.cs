using Microsoft.Playwright;
using NetVips;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>Pages of documents, and places on them, among the results.</summary>
public sealed class DocumentTests(Site site)
{
    [Theory]
    [InlineData("en-GB", 0, "Page 2", "Page 2 of 3", "Show the whole page", "Next page", "Page 3 of 3")]
    [InlineData("de-DE", 70, "Seite 2", "Seite 2 von 3", "Ganze Seite zeigen", "Nächste Seite", "Seite 3 von 3")]
    public async Task A_place_on_a_page_is_outlined_and_opened_close_and_pages_can_be_turned(
        string language,
        int shift,
        string label,
        string heading,
        string whole,
        string next,
        string following
    )
    {
        var name = $"documents/{language}.tif";
        await site.Api.UploadAndWaitAsync(name, Tiff(shift));
        var query = $"id={await PageAsync($"{name}#page=2")}&region=0.5,0.4,0.4,0.5&prefix=documents/{language}";
        await Patience.UntilAsync(
            async () =>
                (await site.Api.GetAsync($"/api/search?{query}")).GetProperty("results")[0] is var first
                && first.GetProperty("path").GetString() == $"images/{name}#page=2"
                && first.TryGetProperty("region", out _),
            "a place on the page that searches find"
        );
        await using var tab = await site.OpenAsync(
            $"/ui?{query}",
            new BrowserNewContextOptions
            {
                Locale = language,
                ViewportSize = new ViewportSize { Width = 1280, Height = 860 },
            }
        );
        await tab.ResultsAsync();
        var tile = tab.Page.Locator($".tile[title='images/{name}#page=2']");
        await Assertions.Expect(tile.Locator(".page")).ToHaveTextAsync(label);
        await Assertions.Expect(tile.Locator(".name")).ToHaveTextAsync($"{language}.tif");
        await Assertions.Expect(tile.Locator(".place-box")).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(tab.Page);

        await tile.ClickAsync();
        var detail = tab.Page.Locator("dialog.detail");
        await detail.GetByText(heading).WaitForAsync();
        await Assertions.Expect(detail.Locator("figure.zoomed .place-box")).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(tab.Page);
        await detail.GetByText(whole).ClickAsync();
        await Assertions.Expect(detail.Locator("figure.zoomed")).ToHaveCountAsync(0);
        await Assertions.Expect(detail.Locator(".place-box")).ToBeVisibleAsync();

        await detail.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = next }).ClickAsync();
        await detail.GetByText(following).WaitForAsync();
        await Assertions.Expect(detail.Locator(".place-box")).ToBeHiddenAsync();
        await tab.KeepScreenshotAsync($"page-{language}");
    }

    /// <summary>The id of a page, once there is one.</summary>
    private async Task<string> PageAsync(string path)
    {
        var address = $"/api/images?path={Uri.EscapeDataString(path)}";
        await Patience.UntilAsync(
            async () =>
            {
                using var response = await site.Api.Http.GetAsync(address);
                return response.IsSuccessStatusCode;
            },
            "a document with pages"
        );
        return (await site.Api.GetAsync(address)).GetProperty("id").GetString()!;
    }

    /// <summary>At the lower right of a page: circles, a flight of stairs, or a star.</summary>
    private static void Draw(MutableImage sheet, int page, int at, int shift)
    {
        double[] ink = [0, 0, 0];
        for (var part = 0; part < 6; part++)
        {
            switch (page)
            {
                case 1:
                    sheet.DrawCircle(ink, 860, 600, 30 + (20 * part) + (shift / 2) - at);
                    break;
                case 2:
                    var (left, top) = (700 + (50 * part), 480 + (50 * part) - (shift * part / 4));
                    sheet.DrawLine(ink, left, top + at, left + 50, top + at);
                    sheet.DrawLine(ink, left + 50 + at, top, left + 50 + at, top + 50 - (shift / 4));
                    break;
                default:
                    var (sine, cosine) = Math.SinCos((part * Math.PI / 6) + (shift / 200.0));
                    var (x, y) = ((int)(150 * cosine), (int)(150 * sine));
                    sheet.DrawLine(ink, 860 - x + at, 610 - y, 860 + x + at, 610 + y);
                    break;
            }
        }
    }

    /// <summary>Three pages with lines on white, all different.</summary>
    private static byte[] Tiff(int shift)
    {
        var pages = Enumerable
            .Range(1, 3)
            .Select(page =>
                (Image.Black(1200, 900, bands: 3) + 255)
                    .Cast(Enums.BandFormat.Uchar)
                    .Copy(interpretation: Enums.Interpretation.Srgb)
                    .Mutate(sheet =>
                    {
                        double[] ink = [0, 0, 0];
                        for (var at = 0; at < 4; at++)
                        {
                            sheet.DrawRect(ink, 60 + at, 60 + at, 1080 - (2 * at), 780 - (2 * at));
                            sheet.DrawLine(ink, 300 + (90 * page) + at, 60, 300 + (90 * page) + at, 840);
                            sheet.DrawLine(ink, 60, 200 + shift + at, 1140, 200 + shift + at);
                            Draw(sheet, page, at, shift);
                        }
                    })
            )
            .ToArray();
        using var joined = Image.Arrayjoin(pages, across: 1);
        using var paged = joined.Mutate(image => image.Set(GValue.GIntType, "page-height", 900));
        return paged.TiffsaveBuffer(compression: Enums.ForeignTiffCompression.Lzw);
    }
}
