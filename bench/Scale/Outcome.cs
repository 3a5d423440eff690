using Bench.Scale.Services;

namespace Bench.Scale;

/// <summary>What a run came to. Rates and uses are those from the first to the last fifth of the verdicts.</summary>
/// <param name="Slipped">Copies that went live while another upload of the same picture was.</param>
/// <param name="Wrong">Pictures of which not exactly one upload is live at the end.</param>
/// <param name="GivenUp">Messages that failed five times.</param>
internal sealed record Outcome(Plan Plan, int Copies, int Slipped, int Wrong, int Quarantined, int GivenUp)
{
    /// <summary>Verdicts a second.</summary>
    public double Throughput { get; init; }

    /// <summary>From the end of an upload to its verdict, in order.</summary>
    public required IReadOnlyList<TimeSpan> Waits { get; init; }

    /// <summary>Share of the time that each has been busy, the busiest first.</summary>
    public required IReadOnlyList<(string What, double Share)> Use { get; init; }

    /// <summary>Requests of the whole run.</summary>
    public required Counts Counts { get; init; }

    /// <summary>Share of the log's transactions that came too late.</summary>
    public double LostRaces { get; init; }

    /// <inheritdoc cref="VirtualTime.Strays"/>
    public int Strays { get; init; }

    public TimeSpan Wait(double share) => Waits.Count == 0 ? TimeSpan.Zero : Waits[(int)(share * (Waits.Count - 1))];

    /// <summary>What is busy all the time; otherwise what there are too few of.</summary>
    public string Bottleneck =>
        Use[0].Share >= 0.8 ? Use[0].What
        : Throughput >= Plan.Rate * 0.95 ? "none: it keeps up"
        : "images at a time in an instance: they wait for answers";
}
