using System.Text.Json;
using Shared;
using Xunit;

namespace EndToEnd.Tests.Clients;

/// <summary>The description of a running app, as a file, and an image for clients to find.</summary>
internal sealed class DescribedStack : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private DescribedStack(byte[] picture, JsonElement record) => (Picture, Record) = (picture, record);

    public byte[] Picture { get; }

    public JsonElement Record { get; }

    public string Description => Path.Combine(folder, "openapi.json");

    public string PictureFile => Path.Combine(folder, "picture.jpg");

    public static async Task<DescribedStack> CreateAsync(SharedStack shared, string name, int seed)
    {
        var picture = Shared.Picture.Scene(seed, 320, 240).Jpeg();
        var described = new DescribedStack(picture, await shared.Api.UploadAndWaitAsync($"clients/{name}.jpg", picture));
        await File.WriteAllBytesAsync(described.PictureFile, picture);
        await File.WriteAllBytesAsync(described.Description, await shared.Api.Http.GetByteArrayAsync("/api/openapi.json"));
        return described;
    }

    /// <summary>What a client has to find, whatever its language.</summary>
    public void Check(JsonElement found, string tag)
    {
        Assert.True(found.GetProperty("dimensions").GetInt32() > 0);
        Assert.True(found.GetProperty("texts").GetInt32() > 0);
        Assert.Equal(ImageApi.Id(Record), found.GetProperty("best").GetString());
        Assert.InRange(found.GetProperty("similarity").GetDouble(), 0.99, 1);
        Assert.Equal("exact", found.GetProperty("verdict").GetString()!.ToLowerInvariant());
        Assert.Equal([tag], found.GetProperty("tags").EnumerateArray().Select(each => each.GetString()));
        Assert.Equal(Picture.Length, found.GetProperty("bytes").GetInt32());
        Assert.InRange(found.GetProperty("groups").GetInt32(), 0, 1);
        Assert.Contains("There is no image at this path", found.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
