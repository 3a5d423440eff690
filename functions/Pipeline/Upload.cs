using Serverless.Images;
using Serverless.Imaging;
using Serverless.Storage;

namespace Serverless.Pipeline;

/// <summary>
/// An uploaded version on its way to its announcement, with what the steps so far found out. To be disposed of when all is done.
/// </summary>
/// <param name="Seen">The snapshot that it was ingested for.</param>
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

/// <summary>Why an image has to wait.</summary>
/// <param name="Reason">For people.</param>
/// <param name="RetryAfter">How long at least, where that is known.</param>
/// <param name="Longest">The longest time from one attempt to the next.</param>
internal sealed record Deferral(string Reason, TimeSpan? RetryAfter, TimeSpan Longest);
