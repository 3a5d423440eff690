using Shared;

namespace Functions.Tests.Pipeline;

public sealed class SettingsTests
{
    [Fact]
    public async Task A_wrong_setting_stops_the_start_with_its_name_its_value_and_what_is_allowed()
    {
        await using var cluster = await Cluster.StartAsync(apps: 0);
        foreach (
            var (setting, value, said) in new[]
            {
                ("Duplicates__Mode", "sideways", "Duplicates:Mode is 'sideways'; allowed: enforce, shadow."),
                ("Duplicates__Threshold", "1.5", "Duplicates:Threshold is 1.5; a number from -1 to 1 is allowed."),
                ("Search__Endpoint", "http://127.0.0.1:1", "Search:Endpoint is 'http://127.0.0.1:1': it must be an https address."),
                ("Search__Endpoint", "https://example.com", "a custom certificate is allowed only for localhost and 127.0.0.1"),
                ("Search__Index", "Images", "Search:Index is 'Images'"),
                ("Storage__Images", "Bad_Name", "Storage:Images is 'Bad_Name'"),
                ("Storage__Quarantine", "images", "they must be different containers"),
                ("Limits__MaxPixels", "-1", "Limits:MaxPixels"),
                ("Embedding__Provider", "magic", "Embedding:Provider"),
                ("Embedding__Model", "/no/such/model", "/no/such/model"),
            }
        )
        {
            var output = await AppProcess.RefusalAsync(new Dictionary<string, string>(cluster.Settings) { [setting] = value });
            Assert.Contains(said, output, StringComparison.Ordinal);
            Assert.DoesNotContain("local-search-admin-key", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Limits_threshold_and_confirmation_do_what_they_say()
    {
        await using var cluster = await Cluster.StartAsync(
            apps: 1,
            settings: new()
            {
                ["Limits__MaxBytes"] = "40000",
                ["Duplicates__Confirm"] = "false",
                ["Duplicates__Threshold"] = "-1",
            }
        );
        await cluster.UploadAsync("first.jpg", Picture.Scene(1).Jpeg());
        await cluster.UploadAsync("second.jpg", Picture.Scene(2).Jpeg());
        await cluster.UploadAsync("large.png", Picture.Scene(3, 640, 480).Png().Concat(new byte[50000]).ToArray());
        foreach (var name in new[] { "first.jpg", "second.jpg", "large.png" })
        {
            Assert.True(await cluster.IngestAsync(name), cluster.Output);
        }

        Assert.Equal(
            ("indexed", "quarantined", "rejected"),
            (await cluster.StatusAsync("first.jpg"), await cluster.StatusAsync("second.jpg"), await cluster.StatusAsync("large.png"))
        );
        Assert.Equal("vectorOnly", (await cluster.FindAsync("second.jpg"))!.Value.GetProperty("evidence").GetProperty("rule").GetString());
        Assert.Contains(
            "Limits:MaxBytes",
            (await cluster.FindAsync("large.png"))!.Value.GetProperty("reason").GetString(),
            StringComparison.Ordinal
        );
    }
}
