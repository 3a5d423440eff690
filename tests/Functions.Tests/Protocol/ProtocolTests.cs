using Shared;

namespace Functions.Tests.Protocol;

/// <summary>
/// The announce-then-check protocol in every order of steps: two workers that read and write at any moment, and an index that
/// shows nothing for as long as it likes. Without one of its parts, the explorer finds the order in which it fails.
/// PROTOCOL_DEPTH=full also explores what takes minutes (docs/decisions/0014).
/// </summary>
[Long]
public sealed class ProtocolTests(ITestOutputHelper output)
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("PROTOCOL_DEPTH") == "full";

    /// <summary>What people do (before, and while every order is tried), and what goes wrong meanwhile, or is kept.</summary>
    public static TheoryData<string, string, string> Scenarios
    {
        get
        {
            var scenarios = new TheoryData<string, string, string>
            {
                { "", "u0u1", "" },
                { "", "u0u1", "impatience" },
                { "", "u0u1", "repeat" },
                { "", "u0u1", "crash" },
                { "", "u0u1|d0", "" },
                { "u0u1", "r1r1", "" },
                { "u0u1", "r1|x1", "" },
                { "u0u1", "r1d1", "" },
                { "u0u1", "r1u2", "" },
                { "u0u1", "r1", "crash" },
                { "u0", "d0", "crash" },
                { "", "u0u1", "better" },
                { "u0", "u1|d1", "better" },
            };
            if (IsFull)
            {
                scenarios.Add("", "u0u1|r1", "");
                scenarios.Add("", "u0u1|u0", "");
                scenarios.Add("", "u0u1u2", "");
                scenarios.Add("", "u0u1u2", "stranger");
                scenarios.Add("", "u0u1|d1", "better");
                scenarios.Add("u0u1", "r1u1", "");
                scenarios.Add("u0u1", "r1|d0", "");
            }

            return scenarios;
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void In_every_order_nothing_is_lost_one_of_a_group_stays_and_all_agree(string before, string script, string what)
    {
        var isUndisturbed =
            !script.Contains('d', StringComparison.Ordinal) && !script.Contains("|u", StringComparison.Ordinal) && script != "r1u1";
        var found = Explore(
            new Scenario(script)
            {
                Before = before,
                Crashes = what == "crash" ? 1 : 0,
                Repeats = what == "repeat" ? 1 : 0,
                Impatience = what == "impatience" ? 1 : 0,
                Strangers = what == "stranger" ? "02" : "",
                IsOnlyOneLiveAlways = isUndisturbed && what is not ("impatience" or "better"),
                Better = what == "better" ? "1" : "",
                MayStayTwice = !isUndisturbed || what is "crash" or "stranger" || script.Contains('x', StringComparison.Ordinal),
            }
        );
        Assert.True(found.Fault is null, found.ToString());
    }

    [Theory]
    [InlineData(nameof(Mutation.NoAnnouncements), "u0u1", "Two images of a group are live.")]
    [InlineData(nameof(Mutation.ClockInsteadOfLog), "u0u1", "Two images of a group are live.")]
    [InlineData(nameof(Mutation.IndexBeforeLog), "u0u1", "Two images of a group are live.")]
    [InlineData(nameof(Mutation.UnconditionalDelete), "u0u1u1", "is nowhere.")]
    [InlineData(nameof(Mutation.NoLookBeforeDelete), "u0u1d0", "though what it duplicates is not live.")]
    [InlineData(nameof(Mutation.NoRenewal), "u0u1d0", "is nowhere.")]
    [InlineData(nameof(Mutation.NoSecondLook), "u0u1", "Two images of a group stay.", 1)]
    [InlineData(nameof(Mutation.PlaceGivenUpUnseen), "u0u0|u1", "Two images of a group stay.")]
    [InlineData(nameof(Mutation.MovesAreDecided), "u0:u1u0", "Two images of a group stay.")]
    [InlineData(nameof(Mutation.NothingRemembered), "u0u1:r1", "is displaced by one that a person told it apart from.")]
    [InlineData(nameof(Mutation.RestoreOverwrites), "u0u1:r1u1", "is nowhere.")]
    [InlineData(nameof(Mutation.ClocksOfWorkers), "u0u1", "Two images of a group stay.", 1)]
    [InlineData(nameof(Mutation.RemovedIsDone), "u0:d0", "in the index: True", 0, 1)]
    [InlineData(nameof(Mutation.NoLookAfterRestore), "u0u1:r1d1", "Image 1 is at version 0, its row says Indexed")]
    public void A_protocol_without_one_of_its_parts_is_caught(
        string mutation,
        string script,
        string fault,
        int impatience = 0,
        int crashes = 0
    )
    {
        var found = Explore(
            new Scenario(script.Split(':')[^1])
            {
                Before = script.Contains(':', StringComparison.Ordinal) ? script.Split(':')[0] : "",
                Mutation = Enum.Parse<Mutation>(mutation),
                Impatience = impatience,
                Crashes = crashes,
                IsOnlyOneLiveAlways = script == "u0u1" && impatience == 0,
                MayStayTwice = script != "u0u1",
            }
        );
        Assert.Contains(fault, found.Fault ?? "nothing", StringComparison.Ordinal);
        Assert.NotEmpty(found.Way);
    }

    private Exploration Explore(Scenario scenario)
    {
        var found = Explorer.Run(scenario);
        output.WriteLine($"{scenario}: {found}");
        return found;
    }
}
