using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Functions.Tests.Pipeline;
using Shared;

namespace Functions.Tests.Hostile;

/// <summary>
/// A name is only a name, whatever characters it has: on the way from upload over record, search, quarantine and restore to
/// deletion it names one blob and no other, and no answer lets a browser take it for anything else.
/// </summary>
public sealed class NameTests(HostileApp hostile) : IClassFixture<HostileApp>
{
    public static TheoryData<string> Names =>
        [
            "every sign !\"#$%&'()*+,-.:;<=>?@[]^_`{|}~ .jpg",
            "..%2f..%2Fetc%2Fpasswd",
            "%00.jpg",
            "%E0%A4%A.jpg",
            "a//double//slash.jpg",
            "/leading.jpg",
            "trailing.jpg/",
            "//two//at//each//end//",
            "/",
            "./dot.jpg",
            "a/./b/../../../../up.jpg",
            "a/..",
            "\uFDD0s mark \uFDD0.jpg",
            "/\uFDD0s\uFDD0\uFDD0/",
            "back\\slash\\..\\x.jpg",
            "<script>alert(document.domain)</script>.html",
            "x' or 1 eq 1 or path eq 'y",
            "x') or folders/any(f: f ne '",
            "$root/$web/$logs",
            "?sig=abc&comp=metadata#fragment",
            "http://127.0.0.1:1/a.jpg",
            "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z.jpg",
            " spaces at both ends ",
            "trailing dot.",
            "\u202Egpj.exe",
            "e\u0301 is not \u00E9.jpg",
            "日本語/한국어/ไทย/עברית.jpg",
            "\U0001F98A/\U00020000.jpg",
            "tab\tand\u0085next line.jpg",
            "\u007F delete.jpg",
            new string('a', 1024),
            new string('日', 1024),
            string.Concat(Enumerable.Repeat("\U0001F98A", 512)),
            string.Join('/', Enumerable.Repeat("a", 250)),
        ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_is_only_a_name(string name)
    {
        var scene = Picture.Scene(20_000 + Names.ToList().FindIndex(row => row.Data == name));
        var original = await hostile.IngestAsync(name, scene.Jpeg(90));
        Assert.Equal(("indexed", $"images/{Known(name)}"), (Text(original, "status"), Text(original, "path")));
        if (!name.Any(char.IsControl))
        {
            await AssertFoundAsync(Known(name), scene.Jpeg(90));
        }

        var twin = name.Length < 1024 ? $"{name}2" : $"{name[..^2]}-2";
        var copy = await hostile.IngestAsync(twin, scene.Jpeg(70));
        Assert.Equal(
            ("quarantined", $"images/{Known(name)}"),
            (Text(copy, "status"), copy.GetProperty("duplicateOf").GetProperty("path").GetString())
        );
        await AssertContentAsync(copy, scene.Jpeg(70));

        using var restored = await hostile.Cluster.RestoreAsync(copy);
        Assert.True(restored.IsSuccessStatusCode, await restored.Content.ReadAsStringAsync());
        Assert.Equal("indexed", await hostile.Cluster.StatusAsync(twin));
        var back = await hostile.Cluster.Blob(twin).DownloadContentAsync();
        Assert.Equal(scene.Jpeg(70), back.Value.Content.ToArray());

        foreach (var gone in new[] { name, twin })
        {
            await hostile.Cluster.DeleteAsync(gone);
            Assert.True(await hostile.Cluster.RemoveAsync(gone), hostile.App.Output);
            Assert.Null(await hostile.Cluster.FindAsync(gone));
        }
    }

    /// <summary>What no client library would send: the event names it, and there is no such blob.</summary>
    [Theory]
    [
        InlineData(".."),
        InlineData("."),
        InlineData("../quarantine/x.jpg"),
        InlineData("./x.jpg"),
        InlineData("/x.jpg"),
        InlineData("x.jpg/"),
        InlineData("a/../x.jpg"),
        InlineData(""),
        InlineData("\0"),
        InlineData("a\0b.jpg")
    ]
    [InlineData("\n"), InlineData("x.jpg?comp=metadata"), InlineData("x.jpg#"), InlineData("%2e%2e/%2e%2e")]
    public async Task An_event_of_a_name_without_a_blob_touches_nothing(string name)
    {
        await hostile.IngestAsync("x.jpg", Picture.Scene(20_500).Jpeg());
        var before = await hostile.Cluster.FindAsync("x.jpg");
        await hostile.App.TriggerAsync(Trigger.Upload("images", name, $"{hostile.Cluster.Images.Uri}/{name}"));
        Assert.Equal(before.ToString(), (await hostile.Cluster.FindAsync("x.jpg")).ToString());
        if (name is not ("" or "." or "..") && !char.IsControl(name[^1]))
        {
            Assert.Null(await hostile.Cluster.FindAsync(name));
        }
    }

    [Fact]
    public async Task Metadata_of_a_blob_reaches_no_header_and_no_markup()
    {
        var bytes = Picture.Scene(20_600).Jpeg();
        await hostile
            .Cluster.Images.GetBlobClient("metadata.jpg")
            .UploadAsync(
                BinaryData.FromBytes(bytes),
                new Azure.Storage.Blobs.Models.BlobUploadOptions
                {
                    Metadata = new Dictionary<string, string>
                    {
                        ["tags"] = "<b>bold</b>, x') or (true, ok, " + new string('t', 500),
                        ["quarantine_id"] = "forged",
                        ["quarantine_sha256"] = "forged",
                    },
                }
            );
        Assert.True(await hostile.Cluster.IngestAsync("metadata.jpg"), hostile.App.Output);
        var record = (await hostile.Cluster.FindAsync("metadata.jpg"))!.Value;
        Assert.Equal(["<b>bold</b>", "x') or (true", "ok"], record.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!));
        Assert.Equal(
            ["images/metadata.jpg"],
            await SearchAsync(new { image = Convert.ToBase64String(bytes), filter = new { tags = new[] { "x') or (true" } } })
        );
        Assert.Empty(
            await SearchAsync(new { image = Convert.ToBase64String(bytes), filter = new { tags = new[] { "x') or (true", "' or '" } } })
        );

        var copy = Picture.Scene(20_600).Jpeg(60);
        await hostile
            .Cluster.Images.GetBlobClient("forged.jpg")
            .UploadAsync(
                BinaryData.FromBytes(copy),
                new Azure.Storage.Blobs.Models.BlobUploadOptions
                {
                    Metadata = new Dictionary<string, string>
                    {
                        ["quarantine_id"] = "forged",
                        ["quarantine_duplicateof"] = "forged",
                        ["own"] = "kept",
                    },
                }
            );
        Assert.True(await hostile.Cluster.IngestAsync("forged.jpg"), hostile.App.Output);
        var quarantined = (await hostile.Cluster.FindAsync("forged.jpg"))!.Value;
        Assert.Equal("quarantined", Text(quarantined, "status"));
        using var restored = await hostile.Cluster.RestoreAsync(quarantined);
        Assert.True(restored.IsSuccessStatusCode, await restored.Content.ReadAsStringAsync());
        var properties = (await hostile.Cluster.Images.GetBlobClient("forged.jpg").GetPropertiesAsync()).Value;
        Assert.Equal("kept", Assert.Single(properties.Metadata).Value);
    }

    /// <summary>The service takes a backslash for a slash.</summary>
    private static string Known(string name) => name.Replace('\\', '/');

    private async Task AssertFoundAsync(string name, byte[] bytes)
    {
        var found = await SearchAsync(
            new
            {
                image = Convert.ToBase64String(bytes),
                top = 1,
                filter = new { prefix = $"images/{name}" },
            }
        );
        Assert.Equal($"images/{name}", Assert.Single(found));
        Assert.Empty(await SearchAsync(new { image = Convert.ToBase64String(bytes), filter = new { prefix = $"images/{name}/" } }));
    }

    private async Task AssertContentAsync(JsonElement record, byte[] bytes)
    {
        using var content = await hostile.Http.GetAsync($"/api/images/{Text(record, "id")}/content");
        Assert.Equal(bytes, await content.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/jpeg", content.Content.Headers.ContentType?.MediaType);
        var saved = content.Content.Headers.ContentDisposition?.FileNameStar ?? "";
        Assert.Equal(Path.GetFileName(saved), saved);
        Assert.Matches(@"\.(jpe?g|jfif|jpe)$", saved.ToLowerInvariant());
        Assert.DoesNotContain(saved, character => char.IsControl(character) || "<>:\"|?*\\/".Contains(character, StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> SearchAsync(object search)
    {
        using var response = await hostile.Http.PostAsJsonAsync("/api/search", search);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var reply = await response.Content.ReadFromJsonAsync<JsonElement>();
        return [.. reply.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("path").GetString()!)];
    }

    private static string Text(JsonElement record, string property) => record.GetProperty(property).GetString()!;
}
