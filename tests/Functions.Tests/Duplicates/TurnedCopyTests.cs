using Functions.Tests.Pipeline;
using NetVips;
using Serverless.Imaging;
using Shared;

namespace Functions.Tests.Duplicates;

public sealed class TurnedCopyTests
{
    [Fact]
    public async Task Rotated_and_mirrored_copies_are_found_when_asked_for()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1, settings: new() { ["Duplicates__FindTurned"] = "rotatedAndMirrored" });
        await AddAsync("butterfly.jpg", ImageOrientation.Upright);
        await AddAsync("other.jpg", ImageOrientation.Upright, "home");
        foreach (var turn in ImageOrientationExtensions.RotationsAndMirrors)
        {
            await AddAsync($"{turn}.jpg", turn);
            var record = (await cluster.FindAsync($"{turn}.jpg"))!.Value;
            Assert.Equal("quarantined", record.GetProperty("status").GetString());
            Assert.Equal("copy", record.GetProperty("verdict").GetString());
            Assert.Equal("images/butterfly.jpg", record.GetProperty("duplicateOf").GetProperty("path").GetString());
            Assert.NotEqual("upright", record.GetProperty("evidence").GetProperty("turn").GetString());
        }

        Assert.Equal("indexed", await cluster.StatusAsync("butterfly.jpg"));
        Assert.Equal("indexed", await cluster.StatusAsync("other.jpg"));
        await cluster.AssertConsistentAsync();

        async Task AddAsync(string name, ImageOrientation turn, string photo = "butterfly")
        {
            using var picture = Image.NewFromFile(Picture.PhotoFile(photo));
            using var turned = turn.Apply(picture);
            await cluster.UploadAsync(name, turned.JpegsaveBuffer(q: 80));
            Assert.True(await cluster.IngestAsync(name), cluster.Output);
        }
    }

    [Fact]
    public async Task A_rotated_copy_is_another_picture_when_not_asked_for()
    {
        await using var cluster = await Cluster.StartAsync(apps: 1);
        using var picture = Image.NewFromFile(Picture.PhotoFile("butterfly"));
        using var turned = ImageOrientation.Rotated90.Apply(picture);
        await cluster.UploadAsync("upright.jpg", picture.JpegsaveBuffer(q: 80));
        await cluster.UploadAsync("turned.jpg", turned.JpegsaveBuffer(q: 80));
        Assert.True(await cluster.IngestAsync("upright.jpg"), cluster.Output);
        Assert.True(await cluster.IngestAsync("turned.jpg"), cluster.Output);
        Assert.Equal("indexed", await cluster.StatusAsync("turned.jpg"));
    }
}
