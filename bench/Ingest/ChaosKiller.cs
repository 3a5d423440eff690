using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using EndToEnd.Tests;
using Local;

namespace Ingest;

/// <summary>Kills a random one of four processes every few seconds. The runner is left alone: it is what starts them again.</summary>
internal sealed class ChaosKiller(RunningStack stack)
{
    /// <summary>Azurite saves every five seconds, and saving takes a while.</summary>
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(10);

    private static readonly (string Name, Func<StackFile.ProcessIds, int> Find)[] Victims =
    [
        // The Functions host starts the app first, and then what watches over it.
        ("app", ids => ProcessTree.Of(ids.FunctionsHost).ElementAtOrDefault(1)),
        ("host", ids => ids.FunctionsHost),
        ("search", ids => ids.SearchEmulator),
        ("Azurite", ids => ids.Azurite),
    ];

    private readonly ConcurrentDictionary<string, int> kills = new();
    private readonly ConcurrentBag<DateTimeOffset> azurite = [];

    public string Summary => string.Join(", ", Victims.Select(victim => $"{victim.Name} {kills.GetValueOrDefault(victim.Name)}"));

    public string AzuriteKills => string.Join(", ", azurite.Order().Select(kill => kill.ToString("T", CultureInfo.InvariantCulture)));

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(4 + (Random.Shared.NextDouble() * 12)), stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.IsCancellationRequested)
            {
                Kill(Victims[Random.Shared.Next(Victims.Length)]);
            }
        }
    }

    /// <summary>Whether Azurite was killed so soon after it acknowledged this that it may have forgotten it.</summary>
    public bool Explains(DateTimeOffset acknowledged) => azurite.Any(kill => kill >= acknowledged && kill - acknowledged < SaveInterval);

    private void Kill((string Name, Func<StackFile.ProcessIds, int> Find) victim)
    {
        try
        {
            // An id that is out of date may be that of anybody by now: only what the runner started is killed.
            var ids = stack.Processes;
            var id = victim.Find(ids);
            if (id != 0 && ProcessTree.Of(ids.Runner).Skip(1).Contains(id))
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
                kills.AddOrUpdate(victim.Name, 1, (_, count) => count + 1);
                if (victim.Name == "Azurite")
                {
                    azurite.Add(DateTimeOffset.UtcNow);
                }
            }
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It is down already, and not up again yet.
        }
    }
}
