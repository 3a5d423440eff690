using System.Globalization;

namespace Tests;

internal static class ProcessorTime
{
    /// <summary>
    /// Of every program that this one started and that has ended, and of what those started; the measure of what the tests cost,
    /// however busy the machine is. Linux only; the compiler's server, which outlives the build, is not in it.
    /// </summary>
    public static TimeSpan OfChildren()
    {
        if (!OperatingSystem.IsLinux())
        {
            return TimeSpan.Zero;
        }

        // The name, in parentheses, may hold anything; 14 and 15 fields after it are the ticks, a hundredth of a second each.
        var fields = File.ReadAllText("/proc/self/stat");
        var numbers = fields[(fields.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds(
            (long.Parse(numbers[13], CultureInfo.InvariantCulture) + long.Parse(numbers[14], CultureInfo.InvariantCulture)) / 100.0
        );
    }
}
