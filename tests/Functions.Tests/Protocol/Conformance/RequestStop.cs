using Azure.Core;
using Azure.Core.Pipeline;

namespace Functions.Tests.Protocol.Conformance;

/// <summary>
/// Stops a worker before each request that it sends. Notes of attempts are no part of the protocol: nothing is decided by them unless a
/// worker ends.
/// </summary>
internal sealed class RequestStop : HttpPipelinePolicy
{
    private const string Attempts = "/ImageAttempts";

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The app sends no request synchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Actor.Current is not { } actor || message.Request.Uri.Path.Contains(Attempts, StringComparison.Ordinal))
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        var request = message.Request;
        var place = request.Uri.ToUri();
        var isWrite =
            request.Method != RequestMethod.Get
            && request.Method != RequestMethod.Head
            && !place.AbsolutePath.Contains("search.post", StringComparison.Ordinal);
        var done = await actor.StopAsync($"{request.Method} {place.AbsolutePath}", isWrite);
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        finally
        {
            done();
        }
    }
}

/// <summary>A clock that moves when it is told to; a worker that pauses stands still until it is let on.</summary>
internal sealed class StoppedClock : TimeProvider
{
    private DateTimeOffset now = DateTimeOffset.UtcNow;

    /// <summary>By how much it was put forward.</summary>
    public TimeSpan Advanced { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.UtcTicks;

    public void Advance(TimeSpan by)
    {
        now += by;
        Advanced += by;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new PauseTimer();
        if (Actor.Current is { } actor && dueTime > TimeSpan.Zero && dueTime != Timeout.InfiniteTimeSpan)
        {
            _ = EndAsync(actor, timer, callback, state);
        }

        return timer;
    }

    private static async Task EndAsync(Actor actor, PauseTimer timer, TimerCallback callback, object? state)
    {
        var done = await actor.StopAsync(Actor.Pause, isWrite: false);
        if (!timer.IsDisposed)
        {
            callback(state);
        }

        done();
    }

    private sealed class PauseTimer : ITimer
    {
        public bool IsDisposed { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => IsDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
