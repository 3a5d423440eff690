using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Serverless.Embeddings;
using Shared;

namespace Functions.Tests.Embeddings.Hosted;

public sealed class ThrottlingTests
{
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);

    [Theory]
    [InlineData("azure-vision")]
    [InlineData("bedrock")]
    public async Task A_throttled_request_comes_again_no_sooner_than_the_provider_asked(string provider)
    {
        await using var rig = await HostedRig.StartAsync(provider, options => options.RetryTimeout = TimeSpan.FromDays(10), clock);
        rig.Server.Fail(429, headers: ("Retry-After", "3600"));
        rig.Server.Fail(503, headers: ("Retry-After", clock.GetUtcNow().AddHours(3).ToString("R", CultureInfo.InvariantCulture)));
        var started = clock.GetUtcNow();

        await AdvanceUntilAsync(rig.EmbedAsync("red"));

        var times = rig.Server.Requests.Select(request => request.At - started).ToList();
        Assert.Equal(3, times.Count);
        Assert.True(times[1] >= TimeSpan.FromHours(1), $"{times[1]}");
        Assert.True(times[2] >= TimeSpan.FromHours(3) - TimeSpan.FromSeconds(1), $"{times[2]}");
    }

    [Fact]
    public async Task A_pause_that_one_request_is_asked_for_holds_for_all()
    {
        await using var rig = await HostedRig.StartAsync("azure-vision", options => options.RetryTimeout = TimeSpan.FromDays(10), clock);
        rig.Server.Fail(429, headers: ("Retry-After", "3600"));
        var started = clock.GetUtcNow();
        var first = rig.EmbedAsync("red");
        await Patience.UntilAsync(() => !rig.Server.Requests.IsEmpty);

        var others = Task.WhenAll(first, rig.EmbedAsync("green"), rig.EmbedAsync("blue"));
        await AdvanceUntilAsync(others);

        // Those that were on their way before the answer came are answered at once.
        Assert.All(rig.Server.Requests.Skip(3), request => Assert.True(request.At - started >= TimeSpan.FromHours(1)));
        Assert.Equal(4, rig.Server.Requests.Count);
    }

    [Fact]
    public async Task A_pause_beyond_the_patience_is_told_at_once_with_its_length()
    {
        await using var rig = await HostedRig.StartAsync("azure-vision", options => options.RetryTimeout = TimeSpan.FromMinutes(1));
        rig.Server.Fail(429, headers: ("Retry-After", "3600"));

        var outage = await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => rig.EmbedAsync("red"));
        var next = await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => rig.EmbedAsync("green"));

        Assert.Equal(TimeSpan.FromHours(1), outage.RetryAfter);
        Assert.Contains("is throttling requests (429)", outage.Message, StringComparison.Ordinal);
        Assert.Contains("the provider asked for a pause", next.Message, StringComparison.Ordinal);
        Assert.Single(rig.Server.Requests);
    }

    /// <summary>Lets the clock run, a minute at a time, until the work is done.</summary>
    private async Task AdvanceUntilAsync(Task work)
    {
        await Patience.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            return work.IsCompleted;
        });

        await work;
    }
}
