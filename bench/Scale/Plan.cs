namespace Bench.Scale;

/// <summary>One run.</summary>
/// <param name="Rate">Uploads a second.</param>
internal sealed record Plan(int Instances, int Uploads, double Rate)
{
    /// <summary>Share of uploads that are the same file as an earlier one.</summary>
    public double Exact { get; init; } = 0.1;

    /// <summary>Share that are another file of the same picture.</summary>
    public double Alike { get; init; } = 0.1;

    public int Seed { get; init; } = 1;

    /// <summary>A protocol without announcements: nobody reads those of others.</summary>
    public bool HidesAnnouncements { get; init; }

    public Assumptions Assumptions { get; init; } = new();
}
