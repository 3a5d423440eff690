using Microsoft.Playwright;
using NetVips;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>A box on a picture, and what looks like the part in it.</summary>
public sealed class RegionTests(Site site)
{
    private const int Width = 3600;
    private const int Height = 2400;

    /// <summary>Where the butterfly is, in pixels of the collage: a small part of it.</summary>
    private static readonly (int X, int Y, int Width, int Height) Place = (2700, 1650, 480, 347);

    [Fact]
    public async Task A_part_of_a_chosen_picture_is_cut_out_of_the_file_itself_and_the_address_holds_it()
    {
        await using var tab = await site.OpenAsync("/ui");
        await tab.Tiles.First.WaitForAsync();
        await tab.Page.SetInputFilesAsync(
            "input[type=file]",
            new FilePayload
            {
                Name = "collage.jpg",
                MimeType = "image/jpeg",
                Buffer = Collage(),
            }
        );
        await tab.ResultsAsync();
        await tab.Button("Search by a part of this picture").ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await DragAsync(tab, dialog.Locator("figure img"));
        await dialog.GetByText("Search by this part").ClickAsync();
        await Assertions.Expect(tab.Tiles.First).ToHaveAttributeAsync("title", "images/photos/butterfly.jpg");

        // What the address had of the whole picture is 256 pixels high: of that, the part would be 37.
        var sides = await tab.Page.Locator(".chip .part img").EvaluateAsync<int[]>("image => [image.naturalWidth, image.naturalHeight]");
        Assert.InRange(sides.Min(), 200, 256);
        await using var shared = await site.OpenAsync(tab.Page.Url);
        await Assertions.Expect(shared.Tiles.First).ToHaveAttributeAsync("title", "images/photos/butterfly.jpg");

        // Another part is chosen in the whole picture, from where the first one was.
        await tab.Button("Search by a part of this picture").ClickAsync();
        var image = (await dialog.Locator("figure img").BoundingBoxAsync())!;
        var box = (await dialog.Locator(".region-box").BoundingBoxAsync())!;
        Assert.InRange((box.X - image.X) / image.Width, 0.7, 0.8);
        Assert.InRange(box.Width / image.Width, 0.1, 0.2);
    }

    [Fact]
    public async Task A_box_dragged_on_a_result_finds_what_is_in_it()
    {
        const string name = "regions/collage.jpg";
        await site.Api.UploadAndWaitAsync(name, Collage());
        await using var tab = await site.OpenAsync("/ui?prefix=regions/");
        await tab.Tiles.First.ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("Search by a part…").WaitForAsync();
        await DragAsync(tab, dialog.Locator("figure > img"));
        await dialog.GetByText("Search by this part").ClickAsync();
        await Assertions.Expect(tab.Tiles.First).ToHaveAttributeAsync("title", "images/photos/butterfly.jpg");
        Assert.Contains("region=0.7", tab.Page.Url, StringComparison.Ordinal);
        await Assertions.Expect(tab.Button("Remove “like this part”")).ToBeVisibleAsync();
        await tab.KeepScreenshotAsync("region");
    }

    /// <summary>A box around the butterfly.</summary>
    private static async Task DragAsync(Tab tab, ILocator picture)
    {
        await picture.EvaluateAsync("image => image.decode()");
        var box = (await picture.BoundingBoxAsync())!;
        float At(int pixel, int side, float from, float length) => from + (length * pixel / side);
        await tab.Page.Mouse.MoveAsync(At(Place.X, Width, box.X, box.Width), At(Place.Y, Height, box.Y, box.Height));
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(
            At(Place.X + Place.Width, Width, box.X, box.Width),
            At(Place.Y + Place.Height, Height, box.Y, box.Height),
            new MouseMoveOptions { Steps = 3 }
        );
        await tab.Page.Mouse.UpAsync();
    }

    private static byte[] Collage()
    {
        using var scene = Image.NewFromBuffer(Picture.Scene(977).Png()).ThumbnailImage(Width, height: Height, size: Enums.Size.Force);
        using var part = Image.NewFromBuffer(Picture.Photo("butterfly").Png());
        using var collage = scene.Insert(part, Place.X, Place.Y);
        return collage.JpegsaveBuffer(q: 90);
    }
}
