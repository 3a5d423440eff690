using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using FunctionsHost.Configuration;
using FunctionsHost.Handler;
using FunctionsHost.Storage;

namespace FunctionsHost.Triggers.Timer;

/// <summary>Invokes one function when its schedule says so; a run missed while the host was down is made up for at once.</summary>
internal sealed class TimerListener(
    Function function, TimerTrigger trigger, TimerSchedule schedule, BlobClient? statusBlob,
    HandlerClient handler, TimeProvider time, ILogger log) : IListener
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken stopping, CancellationToken abandoned)
    {
        try
        {
            TimerStatus? status = null;
            if (statusBlob is not null)
            {
                await StorageRetry.UntilDoneAsync(
                    "reading a timer's status", async () => status = await TimerStatus.LoadAsync(statusBlob, stopping), log, stopping);
            }

            var now = time.GetUtcNow();
            var isPastDue = status is not null && schedule.Next(status.HasRun ? status.Last : status.LastUpdated) <= now;
            var next = schedule.Next(now);
            if (isPastDue || trigger.RunOnStartup)
            {
                status = await InvokeAsync(status, isPastDue, next, abandoned);
            }
            else
            {
                status ??= new TimerStatus(DateTimeOffset.MinValue, next, now);
                await SaveAsync(status, abandoned);
            }

            while (true)
            {
                log.NextRun(next);
                await SleepUntilAsync(next, stopping);
                now = time.GetUtcNow();
                next = schedule.Next(now > next ? now : next);
                status = await InvokeAsync(status, isPastDue: false, next, abandoned);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task<TimerStatus> InvokeAsync(TimerStatus? status, bool isPastDue, DateTimeOffset next, CancellationToken abandoned)
    {
        var started = time.GetUtcNow();
        var data = new JsonObject
        {
            ["Schedule"] = new JsonObject { ["AdjustForDST"] = true },
            ["ScheduleStatus"] = statusBlob is null || status is null ? null : JsonSerializer.SerializeToNode(status),
            ["IsPastDue"] = isPastDue,
        };
        await handler.InvokeAsync(new Invocation(function, data, isPastDue ? "timer, past due" : "timer"), abandoned);
        var after = new TimerStatus(started, next, time.GetUtcNow());
        await SaveAsync(after, abandoned);
        return after;
    }

    private Task SaveAsync(TimerStatus status, CancellationToken abandoned) => statusBlob is null
        ? Task.CompletedTask
        : StorageRetry.UntilDoneAsync("keeping a timer's status", () => status.SaveAsync(statusBlob, abandoned), log, abandoned);

    private async Task SleepUntilAsync(DateTimeOffset due, CancellationToken stopping)
    {
        for (var left = due - time.GetUtcNow(); left > TimeSpan.Zero; left = due - time.GetUtcNow())
        {
            await Task.Delay(left < LongestSleep ? left : LongestSleep, time, stopping);
        }
    }
}
