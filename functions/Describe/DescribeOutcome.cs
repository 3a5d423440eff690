using Serverless.Images;

namespace Serverless.Describe;

/// <summary>What came of describing a picture: texts, or why there are none yet.</summary>
/// <param name="Problem">For people; null where there are texts, or nothing is worth telling.</param>
/// <param name="Delay">When to try again; null where it is never of use, or the schedule says when.</param>
/// <param name="Attempts">How many attempts it counts for; 0 where nobody was asked.</param>
/// <param name="IsFinal">Trying again would bring the same.</param>
internal sealed record DescribeOutcome(
    DescribedText? Text,
    string? Problem = null,
    TimeSpan? Delay = null,
    int Attempts = 0,
    bool IsFinal = false
);
