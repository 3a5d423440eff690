namespace Serverless.Jobs;

/// <summary>One kind of long work, cut into steps.</summary>
internal interface IJobSteps
{
    /// <summary>The name of the kind: lower-case letters.</summary>
    string Kind { get; }

    /// <summary>
    /// Does the next step, a few seconds of work, and returns the job as it is then: with another state, or another status. A step may be
    /// done twice, by
    /// two workers or after a crash: what it does must bear that, and what it counts is kept once.
    /// </summary>
    Task<JobStep> StepAsync(Job job, CancellationToken cancellation);
}

/// <param name="Job">The job after the step.</param>
/// <param name="Items">What the step noted, each as text of at most 32,000 characters; they are numbered on from
/// <see cref="Job.Items"/>.</param>
internal sealed record JobStep(Job Job, IReadOnlyList<string> Items)
{
    public JobStep(Job job)
        : this(job, []) { }
}
