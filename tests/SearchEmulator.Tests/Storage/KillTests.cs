using System.Globalization;
using SearchEmulator.Tests.Running;
using Shared;
using Xunit;

namespace SearchEmulator.Tests.Storage;

/// <summary>
/// Kills the emulator again and again while it takes batches, and checks after each restart that every acknowledged batch is there,
/// whole, and that no unacknowledged one is there in part. SEARCH_EMULATOR_KILLS says how often (default 24). Plain http spares
/// each of the many starts the cost of TLS.
/// </summary>
[Long]
public sealed class KillTests : IDisposable
{
    private const int Writers = 3;
    private const int BatchSize = 20;
    private const int Rewritten = 5;
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("SEARCH_EMULATOR_KILLS") ?? "24",
        CultureInfo.InvariantCulture
    );
    private readonly string _folder = EmulatorProcess.NewFolder();
    private readonly Random _random = new(20260101);
    private readonly Dictionary<string, int> _acknowledged = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _attempted = new(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_however_often_it_is_killed()
    {
        var emulator = await StartAsync();
        string index;
        using (var client = new RawClient(emulator, plain: true))
        {
            index = await client.CreateIndexAsync(
                """{"name":"batch","type":"Edm.String","searchable":false},{"name":"generation","type":"Edm.Int32"},"""
                    + """{"name":"v","type":"Collection(Edm.Single)","dimensions":3,"vectorSearchProfile":"p"}""",
                ""","vectorSearch":{"profiles":[{"name":"p","algorithm":"a"}],"algorithms":[{"name":"a","kind":"hnsw"}]}"""
            );
        }

        for (var kills = 0; kills < Kills; kills++)
        {
            using var stop = new CancellationTokenSource();
            var writers = Enumerable
                .Range(0, Writers)
                .Select(writer => Task.Run(() => WriteUntilKilledAsync(emulator, index, writer, stop.Token)))
                .ToArray();
            await Task.Delay(_random.Next(5, 200));
            await emulator.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(writers);
            await emulator.DisposeAsync();

            emulator = await StartAsync();
            await VerifyAsync(emulator, index);
        }

        Assert.True(_acknowledged.Count > 0, "No batch was ever acknowledged: the test has proved nothing.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{Kills} kills, {_attempted.Values.Sum()} batches sent.");
        await emulator.DisposeAsync();
    }

    private Task<EmulatorProcess> StartAsync() => EmulatorProcess.StartAsync(_folder, "--http-port", "0");

    /// <summary>A batch carries one generation in all of its documents; the same keys are written again and again.</summary>
    private async Task WriteUntilKilledAsync(EmulatorProcess emulator, string index, int writer, CancellationToken stop)
    {
        using var client = new RawClient(emulator, plain: true);
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
                var answer = await client.UploadAsync(index, Batch(name, generation));
                Assert.Equal(200, answer.Status);
            }
            catch (HttpRequestException)
            {
                return;
            }

            lock (_attempted)
            {
                _acknowledged[name] = generation;
            }
        }
    }

    private static string[] Batch(string name, int generation) =>
        [
            .. Enumerable
                .Range(0, BatchSize)
                .Select(i =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $$"""{"id":"{{name}}-{{i}}","batch":"{{name}}","generation":{{generation}},"v":[{{generation}},{{i}},1]}"""
                    )
                ),
        ];

    private async Task VerifyAsync(EmulatorProcess emulator, string index)
    {
        using var client = new RawClient(emulator, plain: true);
        var answer = await client.SearchAsync(index, """{"top":1000,"count":true}""");
        var found = answer.Json!["value"]!.AsArray();
        Assert.Equal(answer.Json["@odata.count"]!.GetValue<int>(), found.Count);
        var byBatch = found.ToLookup(document => document!["batch"]!.GetValue<string>());
        foreach (var name in _attempted.Keys)
        {
            var stored = byBatch[name].ToList();
            var acknowledged = _acknowledged.GetValueOrDefault(name);
            if (stored.Count == 0)
            {
                Assert.Equal(0, acknowledged);
                continue;
            }

            Assert.Equal(BatchSize, stored.Count);
            var generation = Assert.Single(stored.Select(document => document!["generation"]!.GetValue<int>()).Distinct());
            Assert.InRange(generation, acknowledged, _attempted[name]);
            Assert.All(stored, document => Assert.Equal(generation, document!["v"]![0]!.GetValue<float>()));
            // What is on disk now is what later restarts must find, acknowledged or not.
            _acknowledged[name] = generation;
        }
    }
}
