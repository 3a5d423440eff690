using System.Text.Json;
using Serverless.Backfill;
using Serverless.Ingest;
using Serverless.Jobs;
using Serverless.Reconcile;
using Serverless.Storage;
using Serverless.Telemetry;

namespace Serverless.Hosting;

/// <summary>The functions that events start. The host posts to <c>/&lt;FunctionName&gt;</c>; no declared HTTP route matches these paths.</summary>
internal static class Triggers
{
    public static void MapTriggers(this WebApplication app)
    {
        app.MapPost("/IngestImage", IngestImage).ExcludeFromDescription();
        app.MapPost("/RemoveImage", RemoveImage).ExcludeFromDescription();
        app.MapPost("/RecheckImage", RecheckImage).ExcludeFromDescription();
        app.MapPost("/BackfillPage", BackfillPage).ExcludeFromDescription();
        app.MapPost("/JobStep", JobStep).ExcludeFromDescription();
        app.MapPost("/Reconcile", Reconcile).ExcludeFromDescription();
    }

    private static async Task<IResult> IngestImage(HttpContext context, ImageStore store, EarlyWork early, CancellationToken cancellation)
    {
        var invocation = await Invocation.ReadAsync(context.Request, cancellation);

        // The address may name this account otherwise than our connection does; the name is that of a blob of the declared container.
        var path = Uri.TryCreate(invocation.MetadataText("Uri"), UriKind.Absolute, out var uri) ? store.PathOf(uri) : null;
        path ??= store.PathOfName(invocation.MetadataText("name"));
        if (path is null)
        {
            return Failure("The trigger names no blob of this app's images container.");
        }

        using var span = ImageSpans.Begin("ingest", path.Id);
        await early.RunAsync(path, () => Get<ImageIngest>(context).RunAsync(path, cancellation), cancellation);
        return Success();
    }

    private static async Task<IResult> RemoveImage(HttpContext context, ImageStore store, EarlyWork early, CancellationToken cancellation)
    {
        var invocation = await Invocation.ReadAsync(context.Request, cancellation);
        var deletion = invocation.Object("deletion");
        if (deletion is not { } @event)
        {
            return Failure("The trigger carries no event.");
        }

        var subject = @event.TryGetProperty("subject", out var value) ? Invocation.TextOf(value) : null;
        if (store.PathOfSubject(subject) is { } path)
        {
            using var span = ImageSpans.Begin("remove", path.Id);
            await early.RunAsync(path, () => Get<ImageRemoval>(context).RunAsync(path, cancellation), cancellation);
        }

        return Success();
    }

    private static async Task<IResult> RecheckImage(HttpContext context, EarlyWork early, CancellationToken cancellation)
    {
        var invocation = await Invocation.ReadAsync(context.Request, cancellation);
        if (invocation.Object("message")?.Deserialize(RecheckJson.Default.RecheckMessage) is not { } message)
        {
            return Failure("The queue message is not a recheck request.");
        }

        using var span = ImageSpans.BeginLinked("recheck", message.Id, message.TraceParent);
        await early.RunAsync(message, () => Get<ImageRecheck>(context).RunAsync(message, cancellation), cancellation);
        return Success();
    }

    private static async Task<IResult> BackfillPage(HttpContext context, EarlyWork early, CancellationToken cancellation)
    {
        var invocation = await Invocation.ReadAsync(context.Request, cancellation);
        if (invocation.Object("message")?.Deserialize(BackfillJson.Default.BackfillMessage) is not { Id: not null } message)
        {
            return Failure("The queue message is not a page of a backfill.");
        }

        await early.RunAsync(message, () => Get<BackfillRun>(context).RunPageAsync(message, cancellation), cancellation);
        return Success();
    }

    private static async Task<IResult> JobStep(HttpContext context, EarlyWork early, CancellationToken cancellation)
    {
        var invocation = await Invocation.ReadAsync(context.Request, cancellation);
        if (invocation.Object("message")?.Deserialize(JobJson.Default.JobMessage) is not { Kind: not null, Id: not null } message)
        {
            return Failure("The queue message is not a step of a job.");
        }

        await early.RunAsync(message, () => Get<JobRun>(context).RunAsync(message, cancellation), cancellation);
        return Success();
    }

    private static async Task<IResult> Reconcile(HttpContext context, EarlyWork early, CancellationToken cancellation)
    {
        await early.RunAsync(() => Get<ReconcileStart>(context).RunAsync(dryRun: false, full: false, cancellation), cancellation);
        return Success();
    }

    /// <summary>Not a parameter of the handlers: making it loads the model.</summary>
    private static T Get<T>(HttpContext context)
        where T : notnull => context.RequestServices.GetRequiredService<T>();

    /// <summary>The host waits for ever on an empty answer, so that every answer carries the whole object.</summary>
    private static IResult Success() => Results.Json(new Reply([], [], null), ReplyJson.Default.Reply);

    private static IResult Failure(string reason) => Results.Json(new Reply([], [reason], null), ReplyJson.Default.Reply, statusCode: 400);
}
