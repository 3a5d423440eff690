using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Functions.Tests.Pipeline;
using Shared;

namespace Functions.Tests.Startup;

public sealed class StartupTests
{
    [Fact]
    public async Task While_storage_fails_the_app_listens_says_what_it_waits_for_and_keeps_the_upload_that_it_is_told_of()
    {
        await using var cluster = await Cluster.StartAsync(apps: 0, throughProxy: true);
        cluster.Proxy.IsDown = true;
        await cluster.Images.CreateAsync();
        await cluster.UploadAsync("early.jpg", Picture.Scene(1).Jpeg());

        var app = await AppProcess.ListenAsync(cluster.Settings);
        cluster.Apps.Add(app);
        var told = cluster.IngestAsync("early.jpg");
        await Patience.UntilAsync(async () => (await HealthAsync(app)).Detail.Contains("(it answered 503)", StringComparison.Ordinal));
        var (status, detail) = await HealthAsync(app);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.StartsWith("The app is starting and waiting for: ", detail, StringComparison.Ordinal);
        Assert.Contains("the ledger", detail, StringComparison.Ordinal);
        using (var page = await app.Http.GetAsync("/ui"))
        {
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        using (var search = await app.Http.GetAsync("/api/search?text=cat"))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (search.StatusCode, search.Headers.RetryAfter is not null));
        }

        Assert.False(told.IsCompleted);
        cluster.Proxy.IsDown = false;
        Assert.True(await told, app.Output);
        Assert.Equal("indexed", await cluster.StatusAsync("early.jpg"));
        Assert.Equal(HttpStatusCode.OK, (await HealthAsync(app)).Status);
    }

    [Fact]
    public async Task A_start_against_storage_that_is_slow_and_fails_a_third_of_the_time_ends_ready()
    {
        await using var cluster = await Cluster.StartAsync(apps: 0, throughProxy: true);
        cluster.Proxy.Rate = 1.0 / 3;
        cluster.Proxy.Delays = (
            0.15,
            TimeSpan.FromSeconds(
                double.Parse(Environment.GetEnvironmentVariable("START_DELAY") ?? "2", System.Globalization.CultureInfo.InvariantCulture)
            )
        );

        var app = await AppProcess.ListenAsync(cluster.Settings);
        cluster.Apps.Add(app);
        await Patience.UntilAsync(async () => await IsPreparedAsync(app));
        cluster.Proxy.Rate = 0;
        cluster.Proxy.Delays = default;
        await cluster.TakeInAsync("first.jpg", Picture.Scene(2).Jpeg());
        Assert.Equal("indexed", await cluster.StatusAsync("first.jpg"));
    }

    private static async Task<(HttpStatusCode Status, string Detail)> HealthAsync(AppProcess app)
    {
        using var response = await app.Http.GetAsync("/api/health");
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (response.StatusCode, body.TryGetProperty("detail", out var detail) ? detail.GetString()! : "");
    }

    /// <summary>Beyond its preparation, health asks storage, which fails a third of the time.</summary>
    private static async Task<bool> IsPreparedAsync(AppProcess app) =>
        !(await HealthAsync(app)).Detail.StartsWith("The app is starting", StringComparison.Ordinal);
}
