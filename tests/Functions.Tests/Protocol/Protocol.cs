using System.Diagnostics;
using Serverless.Images;

namespace Functions.Tests.Protocol;

/// <summary>What happened between two states, for people to read.</summary>
internal readonly record struct Label(string What, int Worker, int Image, int Detail)
{
    public override string ToString() => Worker < 0 ? $"{What} {Image}" : $"{Worker}: {What} {Image}{(Detail > 0 ? $" ({Detail})" : "")}";
}

/// <summary>A state that may come next. <paramref name="Fault"/> is what was broken on the way.</summary>
internal readonly record struct Successor(Label Label, ModelState State, string? Fault);

/// <summary>
/// The protocol of docs/decisions/0002 and 0003 as steps of workers, one for each operation on a store. What is decided from
/// what was read is decided by the product's own <see cref="Serverless.Duplicates.OrderingRules"/>.
/// </summary>
internal sealed partial class Protocol
{
    private static readonly string[] StepNames = Enum.GetNames<Step>();

    private readonly Scenario scenario;
    private readonly Mutation mutation;
    private readonly bool[] matches = new bool[ModelState.MostImages * ModelState.MostImages];
    private readonly HashSet<(ImageState? From, ImageState? To)> transitions = [];
    private List<Successor> successors = [];
    private string? fault;

    public Protocol(Scenario scenario)
    {
        this.scenario = scenario;
        mutation = scenario.Mutation;
        for (var pair = 0; pair < matches.Length; pair++)
        {
            matches[pair] = scenario.Matches(pair / ModelState.MostImages, pair % ModelState.MostImages);
        }
    }

    public IReadOnlySet<(ImageState? From, ImageState? To)> Transitions => transitions;

    /// <summary>Every state that may come next.</summary>
    public void Next(in ModelState state, List<Successor> into)
    {
        successors = into;
        into.Clear();
        for (var index = 0; index < ModelState.Workers; index++)
        {
            if (state.Work[index].Step != Step.Idle)
            {
                Advance(state, index);
                if (state.Crashes > 0)
                {
                    Crash(state, index);
                }
            }
        }

        if (state.Work[0].Step == Step.Idle || state.Work[1].Step == Step.Idle)
        {
            var idle = state.Work[0].Step == Step.Idle ? 0 : 1;
            for (var image = 0; image < scenario.Images; image++)
            {
                Take(state, idle, image);
            }

            for (var place = 1; place <= state.Last; place++)
            {
                if ((state.Rechecks & (1 << place)) != 0)
                {
                    Begin(state, idle, Event.Recheck, state.Log[place].Image, place, isRepeated: false);
                }
            }
        }

        for (var person = 0; person < scenario.Persons.Length; person++)
        {
            Act(state, person);
        }
    }

    private void Take(in ModelState state, int idle, int image)
    {
        ref readonly var cell = ref state.Images[image];
        foreach (
            var (kind, count) in new ReadOnlySpan<(Event, byte)>([
                (Event.Created, cell.Created),
                (Event.Deleted, cell.Deleted),
                (Event.Restore, cell.Restores),
                (Event.DeleteForGood, cell.DeletionsForGood),
            ])
        )
        {
            if (count > 0)
            {
                Begin(state, idle, kind, image, 0, isRepeated: false);
                if (state.Repeats > 0)
                {
                    Begin(state, idle, kind, image, 0, isRepeated: true);
                }
            }
        }
    }

    /// <summary>A worker takes a message and does its first step. Nothing lies between: nobody can tell when a message was taken.</summary>
    private void Begin(in ModelState state, int index, Event kind, int image, int message, bool isRepeated)
    {
        if (kind == Event.Recheck && scenario.IsTimely && IsEarly(state, image, message))
        {
            return;
        }

        var next = state;
        if (kind == Event.Recheck && IsOvertaken(state, image, message))
        {
            if (state.Stalls == 0)
            {
                return;
            }

            next.Stalls--;
        }

        if (isRepeated)
        {
            next.Repeats--;
        }
        else
        {
            Unsend(ref next, kind, image, message);
        }

        next.Work[index] = new Worker
        {
            Event = kind,
            Image = (byte)image,
            Home = (byte)image,
            Message = (byte)message,
            Step = kind switch
            {
                Event.Created or Event.Deleted => Step.ReadRow,
                Event.Recheck => Step.RecheckRead,
                Event.Restore => Step.RestoreRead,
                _ => Step.ForGoodRead,
            },
            Mode = kind switch
            {
                Event.Restore or Event.DeleteForGood => Mode.Restore,
                _ => Mode.Ingest,
            },
        };
        Advance(next, index);
    }

    /// <summary>
    /// Whoever read the row before the image was settled or removed has written by the time of the second look
    /// (<see cref="Scenario.IsTimely"/>).
    /// </summary>
    private static bool IsEarly(in ModelState state, int image, int message)
    {
        ref readonly var row = ref state.Images[image].Row;
        if (row.State is not (ImageState.Indexed or ImageState.Removed) || row.Sequence != message)
        {
            return false;
        }

        foreach (var worker in state.Work)
        {
            if (worker.Image == image && worker is { Step: Step.SyncIndex, IsFresh: false } && worker.Row.IsLive != row.IsLive)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Somebody is about to tell in the row of the place that the second look is about.</summary>
    private static bool IsOvertaken(in ModelState state, int image, int message)
    {
        foreach (var worker in state.Work)
        {
            if (
                worker.Image == image
                && state.Images[image].Row.Sequence != message
                && worker.Step
                    is (
                        Step.Append
                        or Step.SendRecheck
                        or Step.WriteAnnounced
                        or Step.WriteBehind
                        or Step.RestoreRead
                        or Step.RestoreLook
                        or Step.RestoreWrite
                    )
            )
            {
                return true;
            }
        }

        return false;
    }

    private void Crash(in ModelState state, int index)
    {
        var next = state;
        var worker = next.Work[index];
        next.Crashes--;
        Send(ref next, worker.Event, worker.Home, worker.Message);
        next.Work[index] = default;
        Add(new Label($"crash at {StepNames[(int)worker.Step]}", index, worker.Image, 0), next);
    }

    /// <summary>The next thing that a person does. Nobody restores, or deletes from quarantine, what is not there to be seen.</summary>
    private void Act(in ModelState state, int person)
    {
        var script = scenario.Persons[person];
        if (state.Done[person] == script.Length / 2)
        {
            return;
        }

        var what = script[state.Done[person] * 2];
        var image = script[(state.Done[person] * 2) + 1] - '0';
        var next = state;
        next.Done[person]++;
        ref var cell = ref next.Images[image];
        switch (what)
        {
            case 'u' or 'd':
                if (what == 'd' && cell.Blob == 0)
                {
                    break;
                }

                cell.Gone |= (byte)(cell.Blob != 0 ? 1 << ImageCell.UploadOf(cell.Blob) : 0);
                cell.Blob = (byte)(what == 'u' ? ++cell.Uploads * ImageCell.Edition : 0);
                Send(ref next, what == 'u' ? Event.Created : Event.Deleted, image, 0);
                break;
            case 'r' or 'x' when cell.Row.State != ImageState.Quarantined:
                return;
            default:
                Send(ref next, what == 'r' ? Event.Restore : Event.DeleteForGood, image, 0);
                break;
        }

        Add(new Label($"a person: {what}", -1, image, 0), next);
    }

    /// <summary>Another version with the same bytes. Blobs never have an ETag twice.</summary>
    private static byte Edition(ref ImageCell cell, int upload) =>
        ++cell.Editions < ImageCell.Edition
            ? (byte)((upload * ImageCell.Edition) + cell.Editions)
            : throw new InvalidOperationException("There are more versions of an image than a state can name.");

    /// <summary>Queues hold some messages twice; twice is enough to explore, and once for a second look.</summary>
    private static void Send(ref ModelState state, Event kind, int image, int message)
    {
        ref var cell = ref state.Images[image];
        switch (kind)
        {
            case Event.Created:
                cell.Created = (byte)Math.Min(cell.Created + 1, 2);
                break;
            case Event.Deleted:
                cell.Deleted = 1;
                break;
            case Event.Restore:
                cell.Restores++;
                break;
            case Event.DeleteForGood:
                cell.DeletionsForGood++;
                break;
            default:
                state.Rechecks |= (ushort)(1 << message);
                break;
        }
    }

    private static void Unsend(ref ModelState state, Event kind, int image, int message)
    {
        ref var cell = ref state.Images[image];
        switch (kind)
        {
            case Event.Created:
                cell.Created--;
                break;
            case Event.Deleted:
                cell.Deleted--;
                break;
            case Event.Restore:
                cell.Restores--;
                break;
            case Event.DeleteForGood:
                cell.DeletionsForGood--;
                break;
            default:
                state.Rechecks &= (ushort)~(1 << message);
                break;
        }
    }

    private void Add(Label label, in ModelState state)
    {
        successors.Add(new Successor(label, state, fault));
        fault = null;
    }

    private static UnreachableException Impossible(Step step) => new($"Nothing is done at {step}.");
}
