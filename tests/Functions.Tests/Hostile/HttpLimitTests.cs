using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Functions.Tests.Pipeline;
using Shared;

namespace Functions.Tests.Hostile;

/// <summary>Clients that send too much, too many at once, or too slowly.</summary>
public sealed class HttpLimitTests(HostileApp hostile) : IClassFixture<HostileApp>
{
    [Theory]
    [InlineData("image/jpeg", HostileApp.MaxBytes + 1)]
    [InlineData("image/jpeg", 4 * HostileApp.MaxBytes)]
    [InlineData("application/json", 4 * HostileApp.MaxBytes)]
    [InlineData("multipart/form-data; boundary=x", 4 * HostileApp.MaxBytes)]
    public async Task A_body_of_no_declared_length_is_cut_off_at_the_limit(string mediaType, int bytes)
    {
        using var client = hostile.Connect();
        var start = mediaType[0] switch
        {
            'm' => "--x\r\nContent-Disposition: form-data; name=image; filename=a\r\n\r\n",
            'a' => "{\"text\":\"",
            _ => "\u00FF\u00D8\u00FF",
        };
        await client.SendAsync(
            $"POST /api/search HTTP/1.1\r\nHost: x\r\n{hostile.App.Announce("Search")}Content-Type: {mediaType}\r\nTransfer-Encoding: chunked\r\n\r\n{start.Length:x}\r\n{start}\r\n"
        );
        var chunk = Encoding.Latin1.GetBytes($"10000\r\n{new string('a', 0x10000)}\r\n");
        for (var sent = start.Length; sent < bytes; sent += 0x10000)
        {
            await client.SendAsync(chunk);
        }

        await client.SendAsync("0\r\n\r\n");
        var (status, _, body) = await client.ReadAsync();
        Assert.Equal(413, status);
        Assert.Contains("\"status\":413", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declared_length_above_the_limit_is_refused_before_the_body_is_sent()
    {
        using var client = hostile.Connect();
        await client.SendAsync(
            $"POST /api/embed HTTP/1.1\r\nHost: x\r\n{hostile.App.Announce("Embed")}Content-Type: image/png\r\nContent-Length: {10_000_000_000}\r\n\r\n"
        );
        Assert.Equal(413, (await client.ReadAsync()).Status);
    }

    [Theory]
    [InlineData("GET /api/health HTTP/1.1\r\nHost: x\r\n{many}\r\n\r\n", 431)]
    [InlineData("GET /api/health HTTP/1.1\r\nHost: x\r\nX-Long: {long}\r\n\r\n", 431)]
    [InlineData("GET /api/images?path={long} HTTP/1.1\r\nHost: x\r\n\r\n", 414)]
    [InlineData("GET /api/health HTTP/9.9\r\nHost: x\r\n\r\n", 505)]
    [InlineData("GET /api/health HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /api/health HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n", 400)]
    [InlineData("POST /api/search HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData(
        "POST /api/search HTTP/1.1\r\nHost: x\r\n{announced}Content-Type: image/jpeg\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        400
    )]
    public async Task A_request_that_no_client_should_send_is_refused(string request, int expected)
    {
        using var client = hostile.Connect();
        await client.SendAsync(
            request
                .Replace(
                    "{announced}",
                    request.Contains("{announced}", StringComparison.Ordinal) ? hostile.App.Announce("Search") : "",
                    StringComparison.Ordinal
                )
                .Replace("{many}", string.Join("\r\n", Enumerable.Range(0, 200).Select(i => $"X-{i}: y")), StringComparison.Ordinal)
                .Replace("{long}", new string('a', 40_000), StringComparison.Ordinal)
        );
        var (status, headers, body) = await client.ReadAsync();
        Assert.Equal(expected, status);
        Assert.DoesNotContain("server", headers.Keys);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_is_turned_away_with_a_time_to_come_back_and_health_still_answers()
    {
        var holders = Enumerable.Range(0, HostileApp.Concurrent).Select(_ => hostile.Connect()).ToList();
        using var stop = new CancellationTokenSource();
        foreach (var holder in holders)
        {
            await holder.SendAsync(
                $"POST /api/search HTTP/1.1\r\nHost: x\r\n{hostile.App.Announce("Search")}Content-Type: image/jpeg\r\nContent-Length: 1000000\r\n\r\n"
            );
        }

        var trickling = holders.Select(holder => holder.TrickleAsync(stop.Token)).ToList();
        var answers = new ConcurrentQueue<HttpResponseMessage>();
        var requests = new List<Task>();
        async Task AskAsync() => answers.Enqueue(await hostile.Http.GetAsync("/api/search?text=cat"));
        while (answers.All(answer => answer.StatusCode == HttpStatusCode.OK))
        {
            // Those before the holders took both places are answered, one waits, the next is turned away.
            requests.Add(AskAsync());
            await Task.WhenAny(requests[^1], Task.Delay(300));
        }

        var turnedAway = answers.First(answer => answer.StatusCode != HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, turnedAway.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), turnedAway.Headers.RetryAfter?.Delta);
        Assert.Equal("application/problem+json", turnedAway.Content.Headers.ContentType?.MediaType);
        using var health = await hostile.Http.GetAsync("/api/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        var scene = Picture.Scene(8101);
        await hostile.IngestAsync("during-a-flood.jpg", scene.Jpeg());

        await stop.CancelAsync();
        await Task.WhenAll(trickling);
        holders.ForEach(holder => holder.Dispose());
        await Task.WhenAll(requests);
        Assert.Equal(HttpStatusCode.OK, answers.Last().StatusCode);
    }

    [Fact]
    public async Task A_client_that_stalls_is_cut_off()
    {
        using var client = hostile.Connect();
        await client.SendAsync(
            $"POST /api/search HTTP/1.1\r\nHost: x\r\n{hostile.App.Announce("Search")}Content-Type: image/jpeg\r\nContent-Length: 1000\r\n\r\nabc"
        );
        var (status, _, body) = await client.ReadAsync();
        Assert.Equal(408, status);
        Assert.Contains("\"status\":408", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_sends_just_fast_enough_is_cut_off_when_its_time_is_up()
    {
        await using var app = await AppProcess.StartAsync(
            new Dictionary<string, string>(hostile.Cluster.Settings)
            {
                ["Limits__MaxRequestTime"] = "00:00:02",
                ["Limits__MaxConcurrentRequests"] = "1",
            }
        );
        using var stop = new CancellationTokenSource();
        using var first = new RawHttp(app.Address);
        using var second = new RawHttp(app.Address);
        await first.SendAsync(
            $"POST /api/search HTTP/1.1\r\nHost: x\r\n{app.Announce("Search")}Content-Type: image/jpeg\r\nContent-Length: 1000000\r\n\r\n"
        );
        await second.SendAsync(
            $"POST /api/embed HTTP/1.1\r\nHost: x\r\n{app.Announce("Embed")}Content-Type: image/jpeg\r\nContent-Length: 1000000\r\n\r\n"
        );
        var trickling = Task.WhenAll(first.TrickleAsync(stop.Token), second.TrickleAsync(stop.Token));
        foreach (var client in new[] { first, second })
        {
            var (status, headers, body) = await client.ReadAsync();
            Assert.Equal(503, status);
            Assert.Equal("5", headers["retry-after"]);
            Assert.Contains("took too long", body, StringComparison.Ordinal);
        }

        await stop.CancelAsync();
        await trickling;
    }

    [Theory]
    [InlineData("MaxConcurrentRequests", "0", "Limits:MaxConcurrentRequests is 0; a number from 1 to 10000 is allowed.")]
    [InlineData("MaxQueuedRequests", "-1", "Limits:MaxQueuedRequests is -1; a number from 0 to 100000 is allowed.")]
    [InlineData("MaxRequestTime", "00:00:00", "Limits:MaxRequestTime is 00:00:00; a time from 00:00:01 to 01:00:00 is allowed.")]
    public async Task A_limit_out_of_range_is_named_with_what_is_allowed(string setting, string value, string said) =>
        Assert.Contains(
            said,
            await AppProcess.RefusalAsync(new Dictionary<string, string>(hostile.Cluster.Settings) { [$"Limits__{setting}"] = value }),
            StringComparison.Ordinal
        );
}
