using System.Text.Json;
using Serverless.Backfill;
using Serverless.Ingest;
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
        app.MapPost("/Reconcile", Reconcile).ExcludeFromDescription();
    }

    private static async Task<IResult> IngestImage(HttpRequest request, ImageStore store, ImageIngest ingest, CancellationToken cancellation)
    {
        var invocation = await Invocation.ReadAsync(request, cancellation);

        // The address may name this account otherwise than our connection does; the name is that of a blob of the declared container.
        var path = Uri.TryCreate(invocation.MetadataText("Uri"), UriKind.Absolute, out var uri) ? store.PathOf(uri) : null;
        path ??= store.PathOfName(invocation.MetadataText("name"));
        if (path is null)
        {
            return Failure("The trigger names no blob of this app's images container.");
        }

        using var span = ImageSpans.Begin("ingest", path.Id);
        await ingest.RunAsync(path, cancellation);
        return Success();
    }

    private static async Task<IResult> RemoveImage(HttpRequest request, ImageStore store, ImageRemoval removal, CancellationToken cancellation)
    {
        var invocation = await Invocation.ReadAsync(request, cancellation);
        var deletion = invocation.Object("deletion");
        if (deletion is not { } @event)
        {
            return Failure("The trigger carries no event.");
        }

        var subject = @event.TryGetProperty("subject", out var value) ? Invocation.TextOf(value) : null;
        if (store.PathOfSubject(subject) is { } path)
        {
            using var span = ImageSpans.Begin("remove", path.Id);
            await removal.RunAsync(path, cancellation);
        }

        return Success();
    }

    private static async Task<IResult> RecheckImage(HttpRequest request, ImageRecheck recheck, CancellationToken cancellation)
    {
        var invocation = await Invocation.ReadAsync(request, cancellation);
        if (invocation.Object("message")?.Deserialize(RecheckJson.Default.RecheckMessage) is not { } message)
        {
            return Failure("The queue message is not a recheck request.");
        }

        using var span = ImageSpans.BeginLinked("recheck", message.Id, message.TraceParent);
        await recheck.RunAsync(message, cancellation);
        return Success();
    }

    private static async Task<IResult> BackfillPage(HttpRequest request, BackfillRun backfill, CancellationToken cancellation)
    {
        var invocation = await Invocation.ReadAsync(request, cancellation);
        if (invocation.Object("message")?.Deserialize(BackfillJson.Default.BackfillMessage) is not { Id: not null } message)
        {
            return Failure("The queue message is not a page of a backfill.");
        }

        await backfill.RunPageAsync(message, cancellation);
        return Success();
    }

    private static async Task<IResult> Reconcile(Reconciler reconciler, CancellationToken cancellation)
    {
        await reconciler.RunAsync(dryRun: false, cancellation);
        return Success();
    }

    /// <summary>The host waits for ever on an empty answer, so that every answer carries the whole object.</summary>
    private static IResult Success() => Results.Json(new Reply([], [], null), ReplyJson.Default.Reply);

    private static IResult Failure(string reason) => Results.Json(new Reply([], [reason], null), ReplyJson.Default.Reply, statusCode: 400);
}
