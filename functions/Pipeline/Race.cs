namespace Serverless.Pipeline;

/// <summary>Writes are conditional, so any of them can lose a race.</summary>
internal static class Race
{
    /// <summary>Repeats an attempt (read, then write) until no other writer interferes.</summary>
    /// <param name="attemptAsync">Returns null if it lost the race.</param>
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
