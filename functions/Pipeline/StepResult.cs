namespace Serverless.Pipeline;

/// <summary>What came of a step.</summary>
internal enum StepResult
{
    /// <summary>Nothing is left to do for the situation that the step was chosen for.</summary>
    Done,

    /// <summary>Another writer was first, or the step made a new situation: take a new snapshot.</summary>
    LookAgain,

    /// <summary>What is at the path is not the image that the record is about.</summary>
    PathTaken,

    /// <summary>It depends on an image that is not decided: try again later.</summary>
    Postponed,
}
