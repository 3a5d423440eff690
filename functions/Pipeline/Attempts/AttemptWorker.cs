using System.Diagnostics;

namespace Serverless.Pipeline;

/// <summary>A process that works on images.</summary>
/// <param name="Id">Unique, even if process ids are reused.</param>
/// <param name="Machine">The machine of its process id.</param>
internal sealed record AttemptWorker(string Id, string Machine, int Process)
{
    public static AttemptWorker OfThisProcess() => new(Guid.NewGuid().ToString("N"), Environment.MachineName, Environment.ProcessId);

    /// <summary>
    /// Whether another process has certainly ended. That is never certain on another machine, or if the process id was reused.
    /// </summary>
    public bool KnowsEnded(AttemptWorker other) => other.Machine == Machine && !IsRunning(other.Process);

    private static bool IsRunning(int id)
    {
        try
        {
            System.Diagnostics.Process.GetProcessById(id).Dispose();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
