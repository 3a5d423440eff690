using System.Diagnostics;

namespace Serverless.Telemetry;

/// <summary>
/// The spans of the source <c>Serverless.Images</c>: one trace per delivery of a trigger. Images are named by id.
/// </summary>
internal static class ImageSpans
{
    public static readonly ActivitySource Source = new(ImageMetrics.Name);

    /// <summary>The current trace context as W3C <c>traceparent</c>; null without tracing.</summary>
    public static string? Context => Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;

    /// <summary>Starts the span of one trigger run for an image; it lasts until disposed.</summary>
    public static Activity? Begin(string name, string imageId) => Source.StartActivity(name)?.SetTag("image.id", imageId);

    /// <summary>A later run for the same image: a separate trace, linked to the one that requested it.</summary>
    /// <param name="name">The name of the span.</param>
    /// <param name="imageId">The image.</param>
    /// <param name="askedBy">The <c>traceparent</c> of the request; ignored if invalid.</param>
    public static Activity? BeginLinked(string name, string imageId, string? askedBy)
    {
        var span = Begin(name, imageId);
        if (span is not null && ActivityContext.TryParse(askedBy, null, isRemote: true, out var context))
        {
            span.AddLink(new ActivityLink(context));
        }

        return span;
    }

    /// <summary>Records the time between an upload and the start of processing, as a span and a metric.</summary>
    public static void Waited(DateTimeOffset uploadedAt, DateTimeOffset now)
    {
        ImageMetrics.Waited(now - uploadedAt);

        // Storage reports whole seconds: work that starts at once may seem to start before the upload.
        using var wait = Source.StartActivity("wait", ActivityKind.Internal, parentContext: default, startTime: uploadedAt);
        wait?.SetEndTime((now > uploadedAt ? now : uploadedAt).UtcDateTime);
    }
}
