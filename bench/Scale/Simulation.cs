using System.Text.Json;
using Bench.Scale.Services;
using Serverless.Storage;

namespace Bench.Scale;

/// <summary>Runs a plan: uploads at a rate, instances of the app, until every image has its verdict and its second look.</summary>
internal sealed class Simulation
{
    private const int RechecksAtOnce = 12; // a batch of eight, and the next one when half of it is done
    private const string Uploads = "the uploads";

    private readonly VirtualTime time = new();
    private readonly Plan plan;
    private readonly Gallery gallery;
    private readonly Account account;
    private readonly LiveCopies live;
    private readonly List<Instance> instances;
    private readonly Dispatch uploads;
    private readonly Dispatch rechecks;
    private readonly List<Reading> readings = [];
    private int uploaded;

    private Simulation(Plan plan)
    {
        this.plan = plan;
        gallery = new Gallery(plan.Uploads, plan.Exact, plan.Alike, plan.Seed);
        account = new Account(time, plan.Assumptions, plan.Seed) { HidesAnnouncements = plan.HidesAnnouncements };
        live = new LiveCopies(gallery, time);
        account.Tables.Written += live.Note;
        account.Queues.Visible += Recheck;
        live.Verdict += Read;
        instances = [.. Enumerable.Range(0, plan.Instances).Select(_ => new Instance(time, account, gallery, plan.Assumptions))];
        uploads = new Dispatch(time, instances, plan.Assumptions.ImagesAtOnce, () => account.TakeAsync(Uploads));
        rechecks = new Dispatch(time, instances, RechecksAtOnce, () => account.TakeAsync(Queues.Rechecks));
    }

    public static async Task<Outcome> RunAsync(Plan plan)
    {
        var simulation = new Simulation(plan);
        simulation.Run();
        foreach (var instance in simulation.instances)
        {
            await instance.DisposeAsync();
        }

        return simulation.Outcome();
    }

    private void Run()
    {
        var random = new Random(plan.Seed);
        var at = TimeSpan.Zero;
        foreach (var upload in gallery.Uploads)
        {
            at += TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / plan.Rate);
            time.After(at, () => Put(upload));
        }

        time.Run(() => uploaded == plan.Uploads && uploads.IsIdle && rechecks.IsIdle && account.Queues.Hidden == 0);
    }

    private void Put(Upload upload)
    {
        upload.At = time.Now;
        account.Blobs.Write($"/{upload.Path}", upload.Bytes);
        time.After(
            account.Around(plan.Assumptions.EventLatency),
            () =>
            {
                uploaded++;
                uploads.Add(new Delivery(upload, instance => instance.Of(upload).IngestAsync(upload)));
            }
        );
    }

    private void Recheck(string queue, string text)
    {
        if (queue == Queues.Rechecks)
        {
            var upload = gallery.ById[JsonSerializer.Deserialize(text, RecheckJson.Default.RecheckMessage)!.Id];
            rechecks.Add(new Delivery(upload, instance => instance.Of(upload).RecheckAsync(text, upload)));
        }
    }

    private void Read()
    {
        if (live.Decided == plan.Uploads / 5 || live.Decided == plan.Uploads * 4 / 5)
        {
            readings.Add(ReadingOfNow());
        }
    }

    private Reading ReadingOfNow()
    {
        var busy = account.Busy();
        busy["the processors of the instances"] =
            TimeSpan.FromTicks(instances.Sum(instance => instance.Processor.Busy.Ticks)) / (plan.Instances * plan.Assumptions.Cores);
        busy["the order of places: one transaction at a time"] =
            TimeSpan.FromTicks(Wires.Sum(wire => wire.Placing.Ticks)) / plan.Assumptions.Shards;
        return new Reading(time.Now, live.Decided, busy);
    }

    private IEnumerable<Wire> Wires => instances.SelectMany(instance => instance.Workers).Select(worker => worker.Wire);

    private Outcome Outcome()
    {
        // Where not four fifths were judged, all of the run counts.
        var (from, to) = readings is [var early, var late] ? (early, late) : (new Reading(TimeSpan.Zero, 0, []), ReadingOfNow());
        var seconds = (to.At - from.At).TotalSeconds;
        var (lost, transactions) = (Wires.Sum(wire => wire.LostRaces), Wires.Sum(wire => wire.Transactions));
        return new Outcome(plan, gallery.Copies, live.Slipped, live.Wrong, live.Quarantined, uploads.GivenUp + rechecks.GivenUp)
        {
            Throughput = (to.Decided - from.Decided) / seconds,
            Waits =
            [
                .. gallery
                    .Uploads.Where(upload => upload.DecidedAt is not null)
                    .Select(upload => upload.DecidedAt!.Value - upload.At)
                    .Order(),
            ],
            Use =
            [
                .. to
                    .Busy.Select(busy => (busy.Key, (busy.Value - from.Busy.GetValueOrDefault(busy.Key)).TotalSeconds / seconds))
                    .OrderByDescending(use => use.Item2),
            ],
            Counts = account.Counts,
            Strays = time.Strays,
            LostRaces = lost / (double)Math.Max(1, transactions),
        };
    }

    private sealed record Reading(TimeSpan At, int Decided, Dictionary<string, TimeSpan> Busy);
}
