using Bench.Scale;

namespace Functions.Tests.Scale;

/// <summary>Holds the simulator of bench/Scale true: it runs the app's own code, and sees what goes wrong with it.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    /// <summary>Two instances, a third of the uploads copies, most of them beside their originals.</summary>
    private static readonly Plan Small = new(2, 200, 40) { Exact = 0.15, Alike = 0.15 };

    [Fact]
    public async Task No_copy_slips_through_and_one_of_each_picture_stays()
    {
        var outcome = await RunAsync(Small);
        Assert.InRange(outcome.Copies, 30, 90);
        Assert.Equal(0, outcome.Slipped);
        Assert.Equal(0, outcome.Wrong);
        Assert.Equal(0, outcome.GivenUp);
        Assert.Equal(0, outcome.Strays);
        Assert.Equal(outcome.Copies, outcome.Quarantined);
        Assert.Equal(Small.Uploads, outcome.Waits.Count);
    }

    [Fact]
    public async Task Copies_slip_through_where_nobody_reads_the_announcements_of_others()
    {
        var outcome = await RunAsync(Small with { HidesAnnouncements = true });
        Assert.InRange(outcome.Slipped, 1, outcome.Copies);
    }

    [Fact]
    public async Task A_slower_partition_makes_the_log_the_bottleneck()
    {
        var plan = Small with
        {
            Rate = 10_000,
            Assumptions = new Assumptions { PartitionEntities = 200 },
        };
        var slow = await RunAsync(plan);
        var usual = await RunAsync(plan with { Assumptions = new Assumptions() });
        Assert.Equal("the partition of the log", slow.Bottleneck);
        Assert.InRange(slow.Throughput, 1, usual.Throughput * 0.8);
        Assert.Equal(0, slow.Slipped);
    }

    private async Task<Outcome> RunAsync(Plan plan)
    {
        var outcome = await Simulation.RunAsync(plan);
        output.WriteLine(
            $"{outcome.Throughput:0.0} a second, {outcome.Slipped} slipped, {outcome.Bottleneck}; {string.Join(", ", outcome.Use)}"
        );
        return outcome;
    }
}
