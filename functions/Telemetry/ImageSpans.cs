using System.Diagnostics;

namespace Serverless.Telemetry;

/// <summary>
/// The spans of the source <c>Serverless.Images</c>: everything that one delivery of a trigger leads to is one trace. An image
/// is named by its id.
/// </summary>
internal static class ImageSpans
{
    public static readonly ActivitySource Source = new(ImageMetrics.Name);

    /// <summary>The context of the work under way, as W3C <c>traceparent</c>; null where nobody traces.</summary>
    public static string? Context => Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;

    /// <summary>One run of a trigger for an image; within it until disposed.</summary>
    public static Activity? Begin(string name, string imageId) => Source.StartActivity(name)?.SetTag("image.id", imageId);

    /// <summary>A later run for the same image: a trace of its own, which points back to the one that asked for it.</summary>
    /// <param name="name">The name of the span.</param>
    /// <param name="imageId">The image.</param>
    /// <param name="askedBy">The <c>traceparent</c> that came with the request; whatever it is not, is left out.</param>
    public static Activity? BeginLinked(string name, string imageId, string? askedBy)
    {
        var span = Begin(name, imageId);
        if (span is not null && ActivityContext.TryParse(askedBy, null, isRemote: true, out var context))
        {
            span.AddLink(new ActivityLink(context));
        }

        return span;
    }

    /// <summary>The time between an upload and the start of its work, as a span and as a measurement.</summary>
    public static void Waited(DateTimeOffset uploadedAt, DateTimeOffset now)
    {
        ImageMetrics.Waited(now - uploadedAt);

        // Storage tells its time in whole seconds: work that begins at once may seem to begin before the upload.
        using var wait = Source.StartActivity("wait", ActivityKind.Internal, parentContext: default, startTime: uploadedAt);
        wait?.SetEndTime((now > uploadedAt ? now : uploadedAt).UtcDateTime);
    }
}
