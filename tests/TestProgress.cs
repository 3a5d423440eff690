using System.Collections.Concurrent;

namespace Tests;

/// <summary>What a test program says while it runs: failures are shown; of a program that ends early, it is known what it was at.</summary>
internal sealed class TestProgress
{
    private const string Starting = " [STARTING]";
    private const string Finished = " [FINISHED]";

    private readonly ConcurrentDictionary<string, int> running = new();

    /// <summary>The tests that began and did not end.</summary>
    public IReadOnlyCollection<string> Unfinished =>
        [.. running.Where(test => test.Value > 0).Select(test => test.Key).Order(StringComparer.Ordinal)];

    public void Take(string line)
    {
        if (line.EndsWith(Starting, StringComparison.Ordinal))
        {
            running.AddOrUpdate(line[..^Starting.Length].Trim(), 1, (_, count) => count + 1);
        }
        else if (line.IndexOf(Finished, StringComparison.Ordinal) is >= 0 and var end)
        {
            running.AddOrUpdate(line[..end].Trim(), 0, (_, count) => count - 1);
        }
        else if (!IsCommonplace(line))
        {
            Console.WriteLine(line);
        }
    }

    private static bool IsCommonplace(string line) =>
        line.StartsWith("  Discover", StringComparison.Ordinal)
        || line.StartsWith("  Starting: ", StringComparison.Ordinal)
        || line.StartsWith("  Finished: ", StringComparison.Ordinal)
        || line.StartsWith("=== TEST EXECUTION SUMMARY", StringComparison.Ordinal)
        || line.Contains(" Total: ", StringComparison.Ordinal);
}
