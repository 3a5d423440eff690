using System.Globalization;

namespace Bench.Scale;

/// <summary>What the command line says.</summary>
internal sealed class CommandLine(string[] arguments)
{
    public IReadOnlyList<int> Instances =>
        [.. (After("--instances") ?? "1,2,5,10,20,50,100,200").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];

    /// <summary>Also runs at six tenths of the throughput reached, to see how long verdicts take without a backlog.</summary>
    public bool Calm => arguments.Contains("--calm");

    public Plan PlanOf(int instances) =>
        new(instances, (int)Number("--uploads", 4000), Number("--rate", 10_000))
        {
            Exact = Number("--exact", 0.1),
            Alike = Number("--alike", 0.1),
            Seed = (int)Number("--seed", 1),
            HidesAnnouncements = arguments.Contains("--broken"),
            Assumptions = new Assumptions
            {
                ScanShare = Number("--scan", 1),
                LogRowKilobytes = After("--log-kb") is null ? null : Number("--log-kb", 1),
                Shards = (int)Number("--shards", 1),
                SearchUnits = (int)Number("--units", 1),
                Documents = (long)Number("--documents", 0),
            },
        };

    private string? After(string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;

    private double Number(string name, double usual) =>
        After(name) is { } text ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : usual;
}
