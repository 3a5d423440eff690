namespace Bench.Scale;

/// <summary>Something that does one thing after another, at a limited rate. Refuses, as the services do, when its line is too long.</summary>
/// <param name="rate">Units a second.</param>
internal sealed class Limit(VirtualTime time, double rate)
{
    private static readonly TimeSpan LongestLine = TimeSpan.FromSeconds(1);

    private readonly Queue<TaskCompletionSource> line = new();
    private bool isBusy;
    private TimeSpan usual;

    public TimeSpan Busy { get; private set; }

    /// <summary>Serves in order of arrival.</summary>
    /// <param name="serve">What happens when its turn comes, and how many units that is.</param>
    /// <returns>Default where the line was too long.</returns>
    public async Task<T?> ServeAsync<T>(Func<(T Answer, double Units)> serve)
    {
        if (isBusy)
        {
            if (line.Count * usual > LongestLine)
            {
                return default;
            }

            var turn = new TaskCompletionSource();
            line.Enqueue(turn);
            await turn.Task;
        }

        isBusy = true;
        var (answer, units) = serve();
        var duration = TimeSpan.FromSeconds(units / rate);
        usual = duration;
        Busy += duration;
        await time.DelayAsync(duration);
        isBusy = false;
        if (line.TryDequeue(out var next))
        {
            // Taken before anybody else can arrive.
            isBusy = true;
            next.SetResult();
        }

        return answer;
    }
}
