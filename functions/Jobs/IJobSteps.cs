namespace Serverless.Jobs;

/// <summary>One kind of job, divided into steps.</summary>
internal interface IJobSteps
{
    /// <summary>The name of the kind: lower-case letters.</summary>
    string Kind { get; }

    /// <summary>
    /// Does the next step, a few seconds of work, and returns the job with its new state or status. A step may run twice, in two workers or
    /// after a crash: it must be idempotent; its counts are stored once.
    /// </summary>
    Task<JobStep> StepAsync(Job job, CancellationToken cancellation);
}

/// <param name="Job">The job after the step.</param>
/// <param name="Items">The step's notes, each of at most 32,000 characters, numbered on from <see cref="Job.Items"/>.</param>
internal sealed record JobStep(Job Job, IReadOnlyList<string> Items)
{
    public JobStep(Job job)
        : this(job, []) { }

    /// <summary>How long the next step waits for others to be done.</summary>
    public TimeSpan Pause { get; init; }
}
