using Serverless.Images;

namespace Serverless.Describe;

/// <summary>The outcome of describing a picture: texts, or why there are none yet.</summary>
/// <param name="Problem">The reason for people; null if there are texts, or nothing to report.</param>
/// <param name="Delay">When to retry; null if a retry is useless, or the schedule decides.</param>
/// <param name="Attempts">The number of attempts it counts as; 0 if no model was asked.</param>
/// <param name="IsFinal">A retry would give the same result.</param>
internal sealed record DescribeOutcome(
    DescribedText? Text,
    string? Problem = null,
    TimeSpan? Delay = null,
    int Attempts = 0,
    bool IsFinal = false
);
