using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>A person keeps a quarantined image instead of the one that it was moved for.</summary>
[Long]
public sealed class SwapTests(SwapTests.Shared shared) : IClassFixture<SwapTests.Shared>
{
    private readonly Cluster cluster = shared.Cluster;

    [Fact]
    public async Task The_two_change_places_and_stay_so()
    {
        var scene = Picture.Scene(761, 800, 600);
        await TakeInAsync("swap", scene.Jpeg(92), scene.Resized(0.5).Jpeg());
        var answer = await SwapAsync("swap/copy.jpg");
        Assert.Equal(("indexed", "new"), (Text(answer, "kept.status"), Text(answer, "kept.verdict")));
        Assert.Equal("chosen", Text(answer, "kept.evidence.rule"));
        Assert.Equal(("quarantined", "copy"), (Text(answer, "replaced.status"), Text(answer, "replaced.verdict")));
        Assert.Equal(Text(answer, "kept.id"), Text(answer, "replaced.duplicateOf.id"));
        await SettledAsync(("swap/first.jpg", "quarantined"), ("swap/copy.jpg", "indexed"));
    }

    [Fact]
    public async Task Swapping_twice_is_where_it_began()
    {
        var scene = Picture.Scene(762, 800, 600);
        await TakeInAsync("twice", scene.Jpeg(92), scene.Jpeg(80));
        await SwapAsync("twice/copy.jpg");
        await SwapAsync("twice/first.jpg");
        await SettledAsync(("twice/first.jpg", "indexed"), ("twice/copy.jpg", "quarantined"));
    }

    [Fact]
    public async Task The_same_bytes_at_another_path_can_be_preferred()
    {
        var bytes = Picture.Scene(763, 800, 600).Jpeg(92);
        await TakeInAsync("exact", bytes, bytes);
        var answer = await SwapAsync("exact/copy.jpg");
        Assert.Equal(("quarantined", "exact"), (Text(answer, "replaced.status"), Text(answer, "replaced.verdict")));
        await SettledAsync(("exact/first.jpg", "quarantined"), ("exact/copy.jpg", "indexed"));
    }

    [Fact]
    public async Task Other_copies_of_the_replaced_one_are_linked_to_the_preferred_one()
    {
        var scene = Picture.Scene(764, 800, 600);
        await TakeInAsync("group", scene.Jpeg(92), scene.Jpeg(85));
        await cluster.TakeInAsync("group/other.jpg", scene.Jpeg(80));
        var answer = await SwapAsync("group/copy.jpg");
        await SettledAsync(("group/first.jpg", "quarantined"), ("group/copy.jpg", "indexed"), ("group/other.jpg", "quarantined"));
        Assert.Equal(Text(answer, "kept.id"), Text(await RecordAsync("group/other.jpg"), "duplicateOf.id"));
    }

    [Fact]
    public async Task A_swapped_pair_that_is_put_back_stays_apart()
    {
        var scene = Picture.Scene(765, 800, 600);
        await TakeInAsync("apart", scene.Jpeg(92), scene.Jpeg(80));
        await SwapAsync("apart/copy.jpg");
        using var restored = await cluster.RestoreAsync(await RecordAsync("apart/first.jpg"));
        Assert.True(restored.IsSuccessStatusCode, await restored.Content.ReadAsStringAsync());
        await SettledAsync(("apart/first.jpg", "indexed"), ("apart/copy.jpg", "indexed"));
    }

    [Fact]
    public async Task It_is_refused_if_there_is_nothing_to_replace()
    {
        var scene = Picture.Scene(766, 800, 600);
        await TakeInAsync("alone", scene.Jpeg(92), scene.Jpeg(80));
        await cluster.DeleteAsync("alone/first.jpg");
        Assert.True(await cluster.RemoveAsync("alone/first.jpg"));
        Assert.Equal(HttpStatusCode.Conflict, await RefusedAsync("alone/copy.jpg"));
        Assert.Equal("quarantined", await cluster.StatusAsync("alone/copy.jpg"));
    }

    [Fact]
    public async Task It_is_refused_for_a_live_image_and_while_the_path_is_taken()
    {
        var scene = Picture.Scene(767, 800, 600);
        await TakeInAsync("taken", scene.Jpeg(92), scene.Jpeg(80));
        Assert.Equal(HttpStatusCode.Conflict, await RefusedAsync("taken/first.jpg"));
        var id = Text(await RecordAsync("taken/copy.jpg"), "id");
        await cluster.Blob("taken/copy.jpg").UploadAsync(BinaryData.FromBytes(Picture.Scene(768).Jpeg()));
        using var refused = await cluster.Apps[0].Http.PostAsync($"/api/duplicates/{id}/swap", null);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("indexed", await cluster.StatusAsync("taken/first.jpg"));
        await cluster.DeleteAsync("taken/copy.jpg");
    }

    private async Task TakeInAsync(string folder, byte[] first, byte[] copy)
    {
        await cluster.TakeInAsync($"{folder}/first.jpg", first);
        await cluster.TakeInAsync($"{folder}/copy.jpg", copy);
        Assert.Equal("quarantined", await cluster.StatusAsync($"{folder}/copy.jpg"));
    }

    private async Task<JsonElement> SwapAsync(string name)
    {
        using var reply = await cluster.Apps[0].Http.PostAsync($"/api/duplicates/{Text(await RecordAsync(name), "id")}/swap", null);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
        return await reply.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<HttpStatusCode> RefusedAsync(string name)
    {
        using var reply = await cluster.Apps[0].Http.PostAsync($"/api/duplicates/{Text(await RecordAsync(name), "id")}/swap", null);
        return reply.StatusCode;
    }

    /// <summary>After every second look.</summary>
    private async Task SettledAsync(params (string Name, string Status)[] expected)
    {
        await cluster.DrainAsync();
        foreach (var (name, status) in expected)
        {
            Assert.Equal((name, status), (name, await cluster.StatusAsync(name)));
        }

        await cluster.AssertConsistentAsync();
    }

    private Task<JsonElement> RecordAsync(string name) => cluster.GetAsync($"/api/images?path={Uri.EscapeDataString(name)}");

    private static string? Text(JsonElement element, string path) =>
        path.Split('.').Aggregate(element, (at, name) => at.GetProperty(name)).GetString();

    /// <summary>Two workers.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        internal Cluster Cluster { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Cluster = await Cluster.StartAsync(apps: 2);

        public ValueTask DisposeAsync() => Cluster.DisposeAsync();
    }
}
