using System.Diagnostics;
using System.Globalization;
using Shared;

namespace EndToEnd.Tests;

internal static class ProcessTree
{
    /// <summary>The process and everything started below it; where the system does not tell, only those known.</summary>
    public static IReadOnlyList<int> Of(int root, params IEnumerable<int> known)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [root, .. known];
        }
        var parents = Directory
            .EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Parent: ParentOf(id)))
            .ToLookup(process => process.Parent, process => process.Id);
        var tree = new List<int> { root };
        for (var index = 0; index < tree.Count; index++)
        {
            tree.AddRange(parents[tree[index]]);
        }
        return tree;
    }

    public static bool Lives(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Waits until none of them lives; answers those that still do.</summary>
    public static async Task<IReadOnlyList<int>> WaitForEndAsync(IReadOnlyList<int> ids)
    {
        var patience = new Patience();
        while (ids.Any(Lives) && !patience.IsOver)
        {
            await Task.Delay(50);
        }
        return [.. ids.Where(Lives)];
    }

    // The name, in parentheses, may hold anything; the state and the parent follow it.
    private static int ParentOf(int id)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return -1;
        }
    }
}
