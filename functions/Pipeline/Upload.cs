using Serverless.Images;
using Serverless.Imaging;
using Serverless.Storage;

namespace Serverless.Pipeline;

/// <summary>
/// An uploaded version on its way to its announcement, with the results of the steps so far. Dispose at the end.
/// </summary>
/// <param name="Seen">The snapshot it is ingested for.</param>
internal sealed record Upload(Snapshot Seen) : IAsyncDisposable
{
    public Attempt? Attempt { get; init; }

    public ReadOnlyMemory<byte>? Bytes { get; init; }

    public CheckedImage? Image { get; init; }

    public ImageFeatures? Features { get; init; }

    /// <summary>Its record, once it is announced.</summary>
    public ImageRecord? Announced { get; init; }

    /// <summary>Why it can never be judged.</summary>
    public string? Rejection { get; init; }

    /// <summary>Why it cannot be judged now.</summary>
    public Deferral? Deferral { get; init; }

    public ValueTask DisposeAsync() => Attempt?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Why an image must wait.</summary>
/// <param name="Reason">A sentence for people.</param>
/// <param name="RetryAfter">The minimum delay, if known.</param>
/// <param name="Longest">The longest time between two attempts.</param>
internal sealed record Deferral(string Reason, TimeSpan? RetryAfter, TimeSpan Longest);
