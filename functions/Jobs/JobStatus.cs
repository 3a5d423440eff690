namespace Serverless.Jobs;

/// <summary>The status of a job.</summary>
internal enum JobStatus
{
    Running,
    Completed,
    Cancelled,

    /// <summary>A step kept failing; the reason says how. Starting again begins a new job.</summary>
    Failed,
}
