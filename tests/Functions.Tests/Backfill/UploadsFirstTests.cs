using Serverless.Backfill;

namespace Functions.Tests.Backfill;

public sealed class UploadsFirstTests
{
    private readonly UploadsFirst turns = new(3);

    [Fact]
    public async Task So_many_images_begin_at_once_and_the_next_when_one_ends()
    {
        var running = await EnterAsync(3);
        var fourth = turns.EnterAsync(default);
        Assert.False(fourth.IsCompleted);
        running[1].Dispose();
        (await fourth).Dispose();
    }

    [Fact]
    public async Task While_an_upload_is_processed_one_image_at_a_time_begins_and_never_none()
    {
        var upload = turns.BeginUpload();
        var first = await turns.EnterAsync(default);
        var second = turns.EnterAsync(default);
        Assert.False(second.IsCompleted);
        first.Dispose();
        await second;
        var others = new[] { turns.EnterAsync(default), turns.EnterAsync(default) };
        Assert.All(others, other => Assert.False(other.IsCompleted));
        upload.Dispose();
        await Task.WhenAll(others);
    }

    [Fact]
    public async Task An_upload_lets_what_has_begun_end()
    {
        var running = await EnterAsync(3);
        using var upload = turns.BeginUpload();
        var next = turns.EnterAsync(default);
        running[0].Dispose();
        running[1].Dispose();
        Assert.False(next.IsCompleted);
        running[2].Dispose();
        await next;
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_takes_no_turn()
    {
        var running = await EnterAsync(3);
        using var stop = new CancellationTokenSource();
        var impatient = turns.EnterAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        var patient = turns.EnterAsync(default);
        running[0].Dispose();
        await patient;
    }

    [Fact]
    public async Task A_turn_that_ends_twice_ends_once()
    {
        var running = await EnterAsync(3);
        running[0].Dispose();
        running[0].Dispose();
        using var fourth = await turns.EnterAsync(default);
        Assert.False(turns.EnterAsync(default).IsCompleted);
    }

    private async Task<IDisposable[]> EnterAsync(int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => turns.EnterAsync(default)));
}
