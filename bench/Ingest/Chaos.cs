using System.Diagnostics;
using System.Globalization;

namespace Ingest;

/// <summary>
/// Kills app, Functions host, search emulator and Azurite at random (SIGKILL) under a load of groups of copies, overwrites and
/// deletions, and then sees whether all is as it would be without.
/// </summary>
internal static class Chaos
{
    /// <summary>After the last kill, everything should be judged within this.</summary>
    private static readonly TimeSpan Aim = TimeSpan.FromMinutes(3);

    /// <summary>So long it is waited, so that a result that misses the aim can be told.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    public static async Task<int> RunAsync(TimeSpan duration)
    {
        // The window decides how soon after a loss reconciling may look; the emulator shows at once what was written.
        await using var stack = await RunningStack.StartAsync(
            settings: new Dictionary<string, string> { ["Duplicates__VisibilityWindow"] = "00:00:05" }
        );
        using var load = new ChaosLoad(stack);
        var killer = new ChaosKiller(stack);
        using var stop = new CancellationTokenSource(duration);
        var loading = load.RunAsync(stop.Token);
        await killer.RunAsync(stop.Token);
        await loading;

        var watch = Stopwatch.StartNew();
        using var check = new ChaosCheck(stack, load, killer);
        var judged = await check.UntilJudgedAsync(Limit);
        var after = watch.Elapsed;
        var poison = await check.PoisonAsync();
        var disagreements = await check.UntilAgreedAsync(Limit);
        var (groups, single) = await check.LiveOfGroupsAsync();
        var changed = await check.ChangedAsync();

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {RunningStack.Machine}
                kills in {duration.TotalMinutes:0.#} minutes        {killer.Summary}
                uploads acknowledged      {load.Acknowledged}: {groups} groups, {load.Overwrites} overwrites, {load.Deletions} deletions
                lost by a killed Azurite  {check.Lost} requests of its last seconds, done again; lost otherwise: {check.LostOtherwise}
                judged after last kill    {(
                    judged ? $"{after.TotalSeconds:0} s" : $"not within {Limit.TotalMinutes:0} min"
                )} (aim: {Aim.TotalMinutes:0} min)
                given up as poison        {poison}
                groups with one live      {single} of {groups}
                pictures changed (MD5)    {changed} of {load.Expected.Count}
                disagreements in the end  {disagreements} (bucket, quarantine, index, ledger)
                """
            )
        );
        foreach (var note in check.Notes)
        {
            Console.WriteLine($"  {note}");
        }

        await stack.StopAsync();
        return judged && after <= Aim && single == groups && changed == 0 && disagreements == 0 && check.LostOtherwise == 0 && poison == 0
            ? 0
            : 1;
    }
}
