namespace Serverless.Jobs;

/// <summary>Where a job stands.</summary>
internal enum JobStatus
{
    Running,
    Completed,
    Cancelled,

    /// <summary>A step failed again and again; the reason says how. Starting the job again begins anew.</summary>
    Failed,
}
