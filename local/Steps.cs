using System.Diagnostics;
using System.Globalization;

namespace Local;

/// <summary>The console: one line per step, with a tick and the seconds it took.</summary>
internal static class Steps
{
    public static async Task<T> RunAsync<T>(string name, Func<Task<T>> step, Func<T, string> result)
    {
        var watch = Stopwatch.StartNew();
        var value = await step();
        Done(name, result(value), watch.Elapsed);
        return value;
    }

    public static void Done(string name, string result, TimeSpan took) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ✓ {name, -18} {result, -30} {took.TotalSeconds, 5:0.0} s"));

    public static void Busy(string text) => Console.WriteLine($"  … {text}");

    public static void Again(string sentence) => Console.WriteLine($"  ↻ {sentence}");

    public static void Fail(string sentence) => Console.Error.WriteLine($"  ✗ {sentence}");
}
