namespace Serverless.Pipeline;

/// <summary>The result of a step.</summary>
internal enum StepResult
{
    /// <summary>Nothing is left to do in the situation the step was chosen for.</summary>
    Done,

    /// <summary>Another writer was first, or the step created a new situation: take a new snapshot.</summary>
    LookAgain,

    /// <summary>The blob at the path is another image.</summary>
    PathTaken,

    /// <summary>The step depends on an undecided image: try again later.</summary>
    Postponed,
}
