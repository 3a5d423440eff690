using System.Text.RegularExpressions;
using FunctionsHost.Configuration;
using FunctionsHost.Handler;
using FunctionsHost.Storage;

namespace FunctionsHost.Triggers.Queue;

/// <summary>The listeners behind an app's queue triggers, one each.</summary>
internal static partial class QueueTriggers
{
    public static IEnumerable<IListener> Create(FunctionApp app, HandlerClient handler, ILoggerFactory logs)
    {
        var log = logs.CreateLogger("Host.Triggers.Queue");
        return [.. app.TriggeredBy<QueueTrigger>().Select(f => new QueueListener(
            f.Function,
            QueueName().IsMatch(f.Trigger.QueueName)
                ? f.Trigger.QueueName
                : throw new HostException($"{f.Function.File}: '{f.Trigger.QueueName}' is not a queue name: "
                    + "3 to 63 lower-case letters, digits and single dashes."),
            StorageAccount.Connect(f.Trigger.Connection, f.Function.File, app.Settings),
            app.Host.Queues,
            handler,
            log))];
    }

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex QueueName();
}
