using System.Globalization;
using EndToEnd.Tests;
using Shared;

namespace Ingest;

/// <summary>
/// The processor time that uploads cost, by the programs of the stack: what they used while pictures came in and were checked a second
/// time, less what they use when nothing happens. Another checkout is measured by the same client.
/// </summary>
internal static class ProcessorUse
{
    private const int TicksPerSecond = 100; // USER_HZ, the same on all of Linux

    /// <summary>Until the compiler is through with what it finds hot: with 40, half of what the app used was the compiler.</summary>
    private const int Warm = 250;

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(int count, string? checkout)
    {
        var program = checkout is null ? null : Path.Combine(checkout, "local", "bin", "Release", "net10.0", "Local.dll");
        await using var stack = await RunningStack.StartAsync(
            settings: new Dictionary<string, string> { ["Duplicates__VisibilityWindow"] = "00:00:02" },
            program: program
        );
        using var client = new UploadClient(stack);
        var pictures = Enumerable.Range(0, Warm + count).Select(seed => Picture.Scene(seed, 400, 300).Jpeg(88)).ToList();
        await client.BurstAsync("warm", pictures[..Warm]);
        await Task.Delay(Settled);

        var (start, began) = (Used(stack), DateTimeOffset.UtcNow);
        await Task.Delay(Settled);
        var idle = Less(Used(stack), start).ToDictionary(part => part.Key, part => part.Value / (DateTimeOffset.UtcNow - began));

        (start, began) = (Used(stack), DateTimeOffset.UtcNow);
        await client.BurstAsync("measured", pictures[Warm..]);
        await Task.Delay(Settled);
        var elapsed = DateTimeOffset.UtcNow - began;
        var used = Less(Used(stack), start)
            .ToDictionary(part => part.Key, part => part.Value - (idle.GetValueOrDefault(part.Key) * elapsed));

        Console.WriteLine($"{RunningStack.Machine}; {count} pictures of 400 x 300, {program ?? "this checkout"}");
        foreach (var (name, time) in used.OrderByDescending(part => part.Value))
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name, -20} {time.TotalMilliseconds / count, 7:0.0} ms an upload, {idle.GetValueOrDefault(name) * 60_000, 6:0} ms a "
                        + $"minute when idle"
                )
            );
        }
    }

    private static Dictionary<string, TimeSpan> Less(Dictionary<string, TimeSpan> end, Dictionary<string, TimeSpan> start) =>
        end.ToDictionary(part => part.Key, part => part.Value - start.GetValueOrDefault(part.Key));

    /// <summary>By program; what its children used that have ended is its own.</summary>
    private static Dictionary<string, TimeSpan> Used(RunningStack stack) =>
        ProcessTree
            .Of(stack.File.Processes.Runner)
            .Select(id => (Name: NameOf(id), Time: TimeOf(id)))
            .GroupBy(part => part.Name)
            .ToDictionary(group => group.Key, group => group.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Time));

    private static string NameOf(int process)
    {
        var words = Read($"/proc/{process}/cmdline").Split('\0');
        return words.FirstOrDefault(word => word.EndsWith(".dll", StringComparison.Ordinal)) is { } assembly
                ? Path.GetFileNameWithoutExtension(assembly)
            : words[0].EndsWith("node", StringComparison.Ordinal) ? "Azurite"
            : Path.GetFileName(words[0]);
    }

    private static TimeSpan TimeOf(int process)
    {
        // Behind the name, which may hold anything: state, then the times at 11 to 14.
        var stat = Read($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 15
            ? TimeSpan.Zero
            : TimeSpan.FromSeconds(fields[11..15].Sum(text => long.Parse(text, CultureInfo.InvariantCulture)) / (double)TicksPerSecond);
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
