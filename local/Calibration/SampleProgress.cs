using Spectre.Console;

namespace Local.Calibration;

/// <summary>The number of sampled pictures: a bar with the time left on a terminal, otherwise a line every twenty.</summary>
internal static class SampleProgress
{
    private const int Every = 20;

    public static Task ShowAsync(Screen screen, int wanted, Func<IProgress<int>, Task> take) =>
        screen.Terminal is { } terminal
            ? terminal
                .Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(context => take(new Bar(context.AddTask("Pictures", maxValue: wanted))))
            : take(new Lines(screen));

    private sealed class Bar(ProgressTask task) : IProgress<int>
    {
        public void Report(int value) => task.Value = value;
    }

    private sealed class Lines(Screen screen) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value % Every == 0)
            {
                screen.WriteLine($"{value} pictures");
            }
        }
    }
}
