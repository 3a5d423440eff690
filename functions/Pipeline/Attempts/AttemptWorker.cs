using System.Diagnostics;

namespace Serverless.Pipeline;

/// <summary>A process that works on images.</summary>
/// <param name="Id">Its own, whatever process numbers are used again.</param>
/// <param name="Machine">Where its number means something.</param>
internal sealed record AttemptWorker(string Id, string Machine, int Process)
{
    public static AttemptWorker OfThisProcess() => new(Guid.NewGuid().ToString("N"), Environment.MachineName, Environment.ProcessId);

    /// <summary>
    /// Whether another one is certain to have ended. One on another machine never is, nor is one whose number was given away again.
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
