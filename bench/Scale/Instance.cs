using Bench.Scale.Services;

namespace Bench.Scale;

/// <summary>An instance: its processors and, for each log, a worker.</summary>
internal sealed class Instance : IAsyncDisposable
{
    public Instance(VirtualTime time, Account account, Gallery gallery, Assumptions assumptions)
    {
        Processor = new Processor(time, assumptions.Cores);
        Workers =
        [
            .. Enumerable
                .Range(0, assumptions.Shards)
                .Select(shard => new Worker(time, new Wire(time, account, Processor, assumptions, shard), Processor, gallery, assumptions)),
        ];
    }

    public Processor Processor { get; }

    public IReadOnlyList<Worker> Workers { get; }

    /// <summary>What could match is in one picture's group, and so in one log.</summary>
    public Worker Of(Upload upload) => Workers[upload.Group % Workers.Count];

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in Workers)
        {
            await worker.DisposeAsync();
        }
    }
}
