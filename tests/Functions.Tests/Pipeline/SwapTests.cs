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

    [Fact]
    public async Task A_restored_image_can_be_quarantined_again()
    {
        var scene = Picture.Scene(769, 800, 600);
        await TakeInAsync("again", scene.Jpeg(92), scene.Jpeg(80));
        using var restored = await cluster.RestoreAsync(await RecordAsync("again/copy.jpg"));
        Assert.True(restored.IsSuccessStatusCode, await restored.Content.ReadAsStringAsync());
        var moved = await PostAsync("again/copy.jpg", "duplicates/{0}/quarantine");
        Assert.Equal(("quarantined", "copy", "chosen"), (Text(moved, "status"), Text(moved, "verdict"), Text(moved, "evidence.rule")));
        await SettledAsync(("again/first.jpg", "indexed"), ("again/copy.jpg", "quarantined"));
    }

    [Fact]
    public async Task A_look_alike_can_be_called_a_copy()
    {
        var scene = Picture.Scene(770, 800, 600);
        await cluster.TakeInAsync("alike/first.jpg", scene.Jpeg(92));
        await cluster.TakeInAsync("alike/marked.jpg", scene.WithDisc(0.5, 0.5, 0.05).Jpeg(92));
        Assert.Equal("lookAlike", Text(await RecordAsync("alike/marked.jpg"), "verdict"));
        await PostAsync("alike/marked.jpg", "duplicates/{0}/quarantine");
        await SettledAsync(("alike/first.jpg", "indexed"), ("alike/marked.jpg", "quarantined"));
        Assert.Equal(HttpStatusCode.Conflict, await RefusedAsync("alike/first.jpg", "duplicates/{0}/quarantine"));
    }

    [Fact]
    public async Task So_can_one_whose_fingerprint_already_differs()
    {
        await cluster.TakeInAsync("clock/first.png", Clock(1.2));
        await cluster.TakeInAsync("clock/later.png", Clock(1.32));
        var evidence = (await RecordAsync("clock/later.png")).GetProperty("evidence");
        Assert.Equal("notConfirmed", Text(evidence, "rule"));
        await PostAsync("clock/later.png", "duplicates/{0}/quarantine");
        await SettledAsync(("clock/first.png", "indexed"), ("clock/later.png", "quarantined"));
    }

    /// <summary>A dial with one hand.</summary>
    private static byte[] Clock(double angle) =>
        NetVips
            .Image.Black(450, 320, bands: 3)
            .Linear([1.0], [255.0], uchar: true)
            .Copy(interpretation: NetVips.Enums.Interpretation.Srgb)
            .Mutate(canvas =>
            {
                double[] ink = [17, 17, 17];
                for (var radius = 126; radius < 132; radius++)
                {
                    canvas.DrawCircle(ink, 225, 160, radius);
                }

                for (var hour = 0; hour < 12; hour++)
                {
                    var (x, y) = (Math.Sin(hour * Math.PI / 6), Math.Cos(hour * Math.PI / 6));
                    canvas.DrawCircle(ink, 225 + (int)(115 * x), 160 - (int)(115 * y), 5, fill: true);
                }

                for (var length = 0; length < 105; length++)
                {
                    canvas.DrawCircle(ink, 225 + (int)(length * Math.Sin(angle)), 160 - (int)(length * Math.Cos(angle)), 4, fill: true);
                }
            })
            .PngsaveBuffer();

    [Fact]
    public async Task What_is_in_the_trash_is_listed_apart_and_can_be_taken_out_or_restored()
    {
        var scene = Picture.Scene(771, 800, 600);
        await TakeInAsync("trash", scene.Jpeg(92), scene.Jpeg(80));
        var trashed = await PostAsync("trash/copy.jpg", "quarantine/{0}/trash");
        Assert.Equal(trashed.GetProperty("trashedAt").GetDateTime().AddDays(30), trashed.GetProperty("deletedAfter").GetDateTime());
        Assert.True(await IsListedAsync("trash/copy.jpg", "trashed"));
        Assert.False(await IsListedAsync("trash/copy.jpg", "quarantined"));
        Assert.False(await IsListedAsync("trash/copy.jpg", ""));

        using var takenOut = await cluster.Apps[0].Http.DeleteAsync($"/api/quarantine/{Text(trashed, "id")}/trash");
        Assert.True(takenOut.IsSuccessStatusCode);
        Assert.True(await IsListedAsync("trash/copy.jpg", "quarantined"));

        await PostAsync("trash/copy.jpg", "quarantine/{0}/trash");
        using var restored = await cluster.RestoreAsync(await RecordAsync("trash/copy.jpg"));
        Assert.True(restored.IsSuccessStatusCode, await restored.Content.ReadAsStringAsync());
        await SettledAsync(("trash/first.jpg", "indexed"), ("trash/copy.jpg", "indexed"));
        Assert.Equal(HttpStatusCode.Conflict, await RefusedAsync("trash/first.jpg", "quarantine/{0}/trash"));
    }

    [Fact]
    public async Task The_trash_is_emptied_of_what_is_old_enough_and_of_nothing_else()
    {
        await using var soon = await Cluster.StartAsync(apps: 1, settings: new() { ["Duplicates__TrashRetention"] = "00:00:00" });
        var scene = Picture.Scene(772, 800, 600);
        foreach (var (name, bytes) in new[] { ("first", scene.Jpeg(92)), ("old", scene.Jpeg(80)), ("other", scene.Jpeg(70)) })
        {
            await soon.TakeInAsync($"{name}.jpg", bytes);
        }

        async Task EmptyAsync(Cluster of) => Assert.True(await of.Apps[0].TriggerAsync(Trigger.Timer("EmptyTrash")));
        var id = Text((await soon.FindAsync("old.jpg"))!.Value, "id");
        using var trashed = await soon.Apps[0].Http.PostAsync($"/api/quarantine/{id}/trash", null);
        Assert.True(trashed.IsSuccessStatusCode);

        // The storage's clock has a resolution of one second.
        await Patience.UntilAsync(
            async () =>
            {
                await EmptyAsync(soon);
                return await soon.StatusAsync("old.jpg");
            },
            status => status is null,
            "the trash to be emptied"
        );
        soon.Forget("old.jpg");
        Assert.Equal(("indexed", "quarantined"), (await soon.StatusAsync("first.jpg"), await soon.StatusAsync("other.jpg")));
        await soon.AssertConsistentAsync();

        await TakeInAsync("kept-trash", scene.Jpeg(92), scene.Jpeg(80));
        await PostAsync("kept-trash/copy.jpg", "quarantine/{0}/trash");
        await EmptyAsync(cluster);
        Assert.Equal("quarantined", await cluster.StatusAsync("kept-trash/copy.jpg"));
    }

    private async Task<bool> IsListedAsync(string name, string status)
    {
        var groups = (await cluster.GetAsync($"/api/duplicates?top=100&status={status}")).GetProperty("groups").EnumerateArray();
        return groups
            .SelectMany(group => group.GetProperty("members").EnumerateArray())
            .Any(member => Text(member, "path") == $"images/{name}");
    }

    private async Task TakeInAsync(string folder, byte[] first, byte[] copy)
    {
        await cluster.TakeInAsync($"{folder}/first.jpg", first);
        await cluster.TakeInAsync($"{folder}/copy.jpg", copy);
        Assert.Equal("quarantined", await cluster.StatusAsync($"{folder}/copy.jpg"));
    }

    private Task<JsonElement> SwapAsync(string name) => PostAsync(name, "duplicates/{0}/swap");

    /// <param name="route">With {0} for the image's id.</param>
    private async Task<JsonElement> PostAsync(string name, string route)
    {
        using var reply = await SendAsync(name, route);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
        return await reply.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<HttpStatusCode> RefusedAsync(string name, string route = "duplicates/{0}/swap")
    {
        using var reply = await SendAsync(name, route);
        return reply.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(string name, string route)
    {
        var id = Text(await RecordAsync(name), "id");
        return await cluster.Apps[0].Http.PostAsync($"/api/{route.Replace("{0}", id, StringComparison.Ordinal)}", null);
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
