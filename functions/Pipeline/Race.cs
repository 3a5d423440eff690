namespace Serverless.Pipeline;

/// <summary>Writes are conditional, so any of them may lose a race.</summary>
internal static class Race
{
    /// <summary>Repeats an attempt, which reads and then writes, until no other writer comes in between.</summary>
    /// <param name="attemptAsync">Returns null where it lost.</param>
    public static async Task<T> UntilWonAsync<T>(Func<Task<T?>> attemptAsync)
        where T : struct
    {
        while (true)
        {
            if (await attemptAsync() is { } won)
            {
                return won;
            }
        }
    }
}
