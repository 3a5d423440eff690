using System.Diagnostics;
using System.Globalization;
using Azure;
using Azure.Search.Documents.Models;
using SearchEmulator.Tests.Running;
using Xunit;

namespace SearchEmulator.Tests.Storage;

/// <summary>
/// Kills the emulator again and again while it takes batches, and checks after each restart that every acknowledged batch is there,
/// whole, and that no unacknowledged one is there in part. SEARCH_EMULATOR_KILL_SECONDS sets for how long (default 60).
/// </summary>
public sealed class KillTests : IDisposable
{
    private const int Writers = 3;
    private const int BatchSize = 20;
    private const int Rewritten = 5;
    private static readonly int Seconds = int.Parse(Environment.GetEnvironmentVariable("SEARCH_EMULATOR_KILL_SECONDS") ?? "60", CultureInfo.InvariantCulture);
    private readonly string _folder = EmulatorProcess.NewFolder();
    private readonly Random _random = new(20260101);
    private readonly Dictionary<string, int> _acknowledged = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _attempted = new(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_however_often_it_is_killed()
    {
        const string index = "kill";
        var emulator = await EmulatorProcess.StartAsync(_folder);
        await Clients.Indexes(emulator).CreateIndexAsync(TestIndex.Images(index));
        var kills = 0;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed.TotalSeconds < Seconds; kills++)
        {
            using var stop = new CancellationTokenSource();
            var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteUntilKilledAsync(emulator, index, writer, stop.Token))).ToArray();
            await Task.Delay(_random.Next(20, 250));
            await emulator.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(writers);
            await emulator.DisposeAsync();

            emulator = await EmulatorProcess.StartAsync(_folder);
            await VerifyAsync(emulator, index);
        }

        Assert.True(_acknowledged.Count > 0, "No batch was ever acknowledged: the test has proved nothing.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {_attempted.Values.Sum()} batches sent.");
        await emulator.DisposeAsync();
    }

    /// <summary>A batch carries one generation in all of its documents; the same keys are written again and again.</summary>
    private async Task WriteUntilKilledAsync(EmulatorProcess emulator, string index, int writer, CancellationToken stop)
    {
        var documents = Clients.Documents(emulator, index);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"w{writer}-b{i % Rewritten}");
            int generation;
            lock (_attempted)
            {
                generation = _attempted[name] = _attempted.GetValueOrDefault(name) + 1;
            }

            try
            {
                await documents.UploadDocumentsAsync(Batch(name, generation), cancellationToken: stop);
            }
            catch (Exception failure) when (failure is RequestFailedException or OperationCanceledException or AggregateException)
            {
                return;
            }

            lock (_attempted)
            {
                _acknowledged[name] = generation;
            }
        }
    }

    private static IEnumerable<SearchDocument> Batch(string name, int generation) => Enumerable.Range(0, BatchSize).Select(i => new SearchDocument
    {
        ["id"] = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"),
        ["path"] = name,
        ["width"] = generation,
        ["vector"] = new[] { generation, i, 1f },
    });

    private async Task VerifyAsync(EmulatorProcess emulator, string index)
    {
        var response = await Clients.Documents(emulator, index).SearchAsync<SearchDocument>("*", new() { Size = 1000, IncludeTotalCount = true });
        var found = await response.Value.GetResultsAsync().ToListAsync();
        Assert.True(response.Value.TotalCount <= 1000);
        var byBatch = found.Select(result => result.Document).ToLookup(document => (string)document["path"]);
        foreach (var name in _attempted.Keys)
        {
            var stored = byBatch[name].ToList();
            var generations = stored.Select(document => (int)document["width"]).Distinct().ToList();
            var acknowledged = _acknowledged.GetValueOrDefault(name);
            if (stored.Count == 0)
            {
                Assert.Equal(0, acknowledged);
                continue;
            }

            Assert.Equal(BatchSize, stored.Count);
            var generation = Assert.Single(generations);
            Assert.InRange(generation, acknowledged, _attempted[name]);
            Assert.All(stored, document => Assert.Equal(generation, Convert.ToDouble(((object[])document["vector"])[0], CultureInfo.InvariantCulture)));
            // What is on disk now is what later restarts must find, acknowledged or not.
            _acknowledged[name] = generation;
        }
    }
}
