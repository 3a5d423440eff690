using Azure.Storage.Blobs;
using FunctionsHost.Configuration;
using FunctionsHost.Handler;
using FunctionsHost.Storage;

namespace FunctionsHost.Triggers.Timer;

/// <summary>The listeners behind an app's timer triggers, one each.</summary>
internal static class TimerTriggers
{
    public static IEnumerable<IListener> Create(FunctionApp app, HandlerClient handler, TimeProvider time, ILoggerFactory logs) =>
        [.. app.TriggeredBy<TimerTrigger>().Select(f =>
        {
            var schedule = TimerSchedule.Parse(f.Trigger.Schedule, f.Function.File, app.Settings);
            var monitored = f.Trigger.UseMonitor && schedule.IsMonitored(time.GetUtcNow());
            return new TimerListener(
                f.Function,
                f.Trigger,
                schedule,
                monitored ? StatusBlob(app, f.Function) : null,
                handler,
                time,
                logs.CreateLogger($"Host.Triggers.Timer.{f.Function.Name}"));
        })];

    private static BlobClient StatusBlob(FunctionApp app, Function function) =>
        StorageAccount.Connect(StorageAccount.DefaultConnection, function.File, app.Settings).HostContainer
            .GetBlobClient($"timers/{HostId.Of(app)}/{function.Id}/status");
}
