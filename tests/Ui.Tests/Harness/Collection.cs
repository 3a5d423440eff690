using System.Text;
using NetVips;
using Shared;
using Xunit;

namespace Ui.Tests;

/// <summary>What the page shows in the tests: photographs with copies in quarantine, drawings, and scenes that fill the grid.</summary>
internal static class Collection
{
    public const int Scenes = 64;

    private static readonly Dictionary<string, string> Shapes = new()
    {
        ["red-disc"] = "<circle cx='64' cy='64' r='40' fill='#d33a2c'/>",
        ["blue-square"] = "<rect x='28' y='28' width='72' height='72' fill='#2f7fd1'/>",
        ["green-triangle"] = "<path d='M64 20L110 104H18z' fill='#3f9142'/>",
        ["yellow-bar"] = "<rect x='14' y='52' width='100' height='24' fill='#f2c811'/>",
        ["black-cross"] = "<path d='M56 16h16v40h40v16H72v40H56V72H16V56h40z' fill='#1d1c1a'/>",
    };

    /// <summary>Whether it is one of these, and not of another test.</summary>
    public static bool Holds(string path) => path.Split('/') is ["images", "photos" or "drawings" or "scenes" or "small", ..];

    public static byte[] Shape(string name)
    {
        var svg =
            "<svg xmlns='http://www.w3.org/2000/svg' width='256' height='256' viewBox='0 0 128 128'><rect width='128' "
            + $"height='128' fill='#fff'/>{Shapes[name]}</svg>";
        using var image = Image.NewFromBuffer(Encoding.UTF8.GetBytes(svg));
        using var flat = image.Flatten(background: [255]);
        return flat.PngsaveBuffer();
    }

    public static async Task UploadAsync(StackClient api)
    {
        await UploadAsync(api, Picture.Photos.Select(name => ($"photos/{name}.jpg", File.ReadAllBytes(Picture.PhotoFile(name)))));
        await UploadAsync(
            api,
            [
                .. Shapes.Keys.Select(name => ($"drawings/{name}.png", Shape(name))),
                .. Enumerable
                    .Range(0, Scenes)
                    .Select(seed => ($"scenes/{seed:000}.jpg", Picture.Scene(1000 + seed, seed % 3 == 0 ? 240 : 360, 240).Jpeg())),
                .. Picture.Photos.Select(name => ($"small/{name}.jpg", Picture.Photo(name).Resized(0.6).Jpeg())),
            ]
        );
        var small = await api.LookupAsync(Picture.Photos.Select(name => $"small/{name}.jpg"));
        Assert.All(small, image => Assert.Equal("quarantined", image.GetProperty("status").GetString()));
    }

    private static async Task UploadAsync(StackClient api, IEnumerable<(string Name, byte[] Bytes)> files)
    {
        var uploaded = files.ToList();
        await Parallel.ForEachAsync(
            uploaded,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (file, _) => await api.UploadAsync(file.Name, file.Bytes)
        );
        await api.UntilSettledAsync([.. uploaded.Select(file => file.Name)]);
    }
}
