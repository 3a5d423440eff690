using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit.Sdk;

namespace FunctionsHost.Tests.Support;

/// <summary>Waits for a condition of another process, which tells nobody when it comes true.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task HoldsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        HoldsAsync(() => Task.FromResult(condition()), what);

    public static async Task HoldsAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Limit)
            {
                throw new XunitException($"Not within {Limit.TotalSeconds} s: {what}");
            }

            await Task.Delay(20);
        }
    }
}
