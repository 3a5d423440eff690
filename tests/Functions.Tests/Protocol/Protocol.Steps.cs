using Serverless.Duplicates;
using Serverless.Ledger;
using Serverless.Storage;

namespace Functions.Tests.Protocol;

internal sealed partial class Protocol
{
    private static readonly PairVerdict Match = new(Verdict.Copy, 0.99, new Evidence("vectorAndPixels", "They match.", 0.99, 0.9, 0, null, "model"));

    private IEnumerable<(string, ModelState)> Work(ModelState state, int index)
    {
        var worker = state.Workers[index];
        var next = state.Clone();
        next.Workers[index] = Advance(next, index, worker);
        yield return ($"{index} {worker.Step} {worker.Message.Image}", next);
        if (worker.Step == Step.Decide && state.Impatience > 0 && AnnouncementRules.Choose(Candidates(worker)).Waits)
        {
            next = state.Clone();
            next.Impatience--;
            next.Workers[index] = Apply(next, index, worker, default, isProvisional: true);
            yield return ($"{index} waits no longer {worker.Message.Image}", next);
        }
    }

    private Worker Advance(ModelState state, int index, Worker worker)
    {
        var image = worker.Message.Image;
        switch (worker.Step)
        {
            case Step.ReadRow:
                return worker with { Step = Step.ReadBlob, Row = state.Rows[image], IsFresh = true };
            case Step.ReadBlob:
                return ReadBlob(state, worker, state.Blobs[image]);
            case Step.TakeNumber:
                return worker with { Step = Step.Append, Sequence = ++state.Last };
            case Step.Append:
                return Append(state, worker);
            case Step.SendRecheck:
                Send(state, new Message(Event.Recheck, image, worker.Sequence));
                return worker.After == Step.SendRecheck ? End(state, worker) : worker with { Step = Step.WriteAnnounced };
            case Step.WriteAnnounced:
                return TryWrite(state, index, new Row(ImageState.Announced, worker.Version, worker.Sequence)) is { } announced
                    ? announced with { Step = Step.ReadLog } : worker with { Step = Step.GiveUp };
            case Step.GiveUp:
                if (state.Blobs[image] != worker.Version)
                {
                    state.Log.RemoveAll(place => place.Sequence == worker.Sequence);
                }

                return worker with { Step = Step.ReadRow };
            case Step.ReadLog:
                var nothing = worker with { Step = Step.AskIndex, Resolved = "", SawOtherLive = false, Found = new string('.', state.Rows.Length) };
                return mutation == Mutation.IndexBeforeLog ? AskIndex(state, nothing) : ReadLog(state, nothing);
            case Step.AskIndex:
                return (mutation == Mutation.IndexBeforeLog ? ReadLog(state, worker) : AskIndex(state, worker)) with { Step = Step.Resolve };
            case Step.Resolve:
                return Resolve(state, worker);
            case Step.Decide:
                var choice = AnnouncementRules.Choose(Candidates(worker));
                return choice.Waits ? worker with { Step = Step.ReadLog } : Apply(state, index, worker, choice, isProvisional: false);
            default:
                return Move(state, index, worker);
        }
    }

    private Worker Move(ModelState state, int index, Worker worker)
    {
        var image = worker.Message.Image;
        var row = worker.Row;
        switch (worker.Step)
        {
            case Step.CopyIn:
                return CopyIn(state, worker, row!.Value);
            case Step.CheckOther:
                var holds = Holds(state, row!.Value);
                return holds || state.Blobs[image] == 0 ? worker with { Step = Step.DeleteSource, SawOtherLive = worker.SawOtherLive || holds }
                    : worker with { Step = Step.RenewSource };
            case Step.RenewSource:
                if (state.Blobs[image] != row!.Value.Version)
                {
                    return End(state, worker);
                }

                state.Blobs[image] += mutation == Mutation.NoRenewal ? 0 : 1;
                return worker with { Step = Step.TakeBack, Version = state.Blobs[image] };
            case Step.TakeBack:
                return TryWrite(state, index, new Row(ImageState.Announced, worker.Version, row!.Value.Sequence)) is { } back
                    ? back with { Step = Step.DeleteCopy, Copied = row.Value.Version } : Lost(state, worker);
            case Step.DeleteCopy:
                if (state.Blobs[image] == row!.Value.Version)
                {
                    state.Quarantine.Remove((image, worker.Copied));
                }

                return worker with { Step = Step.ReadLog, Sequence = row.Value.Sequence };
            case Step.DeleteSource:
                return DeleteSource(state, worker, row!.Value);
            case Step.WriteQuarantined:
                return TryWrite(state, index, row!.Value with { State = ImageState.Quarantined }) is { } settled ? settled with { Step = Step.SyncRead } : Lost(state, worker);
            case Step.WriteRemovedFromMove:
                return (TryWrite(state, index, row!.Value with { State = ImageState.Removed }) ?? worker) with { Step = Step.SyncRead };
            case Step.SyncRead:
                return worker with { Step = Step.SyncIndex, Row = state.Rows[image], IsFresh = true };
            case Step.SyncIndex:
                state.Written[image] = row?.State.IsLive() == true;
                return worker with { Step = row?.State == ImageState.Indexing ? Step.SyncWrite : Step.SyncCheck };
            case Step.SyncWrite:
                return (TryWrite(state, index, row!.Value with { State = ImageState.Indexed }) ?? worker) with { Step = Step.SyncCheck };
            case Step.SyncCheck:
                return !worker.IsFresh ? worker with { Step = Step.SyncIndex, Row = state.Rows[image], IsFresh = true }
                    : worker.After == Step.Idle ? End(state, worker)
                    : worker with { Step = worker.After, Sequence = row?.Sequence ?? 0 };
            case Step.RemoveRead:
                return worker with { Step = Step.RemoveCheck, Row = state.Rows[image], IsFresh = true };
            case Step.RemoveCheck:
                return row is null or { State: ImageState.Quarantined or ImageState.Removed } || state.Blobs[image] != 0 ? End(state, worker)
                    : worker with { Step = row.Value.State == ImageState.Quarantining ? Step.CopyIn : Step.RemoveWrite };
            case Step.RemoveWrite:
                return TryWrite(state, index, row!.Value with { State = ImageState.Removed }) is { } removed
                    ? removed with { Step = Step.SyncRead, After = Step.SendRecheck } : worker with { Step = Step.RemoveRead };
            case Step.RecheckRead:
                return RecheckRead(state, worker, state.Rows[image]);
            case Step.Trim:
                state.Log.RemoveAll(place => place.Sequence == worker.Message.Sequence);
                return End(state, worker);
            case Step.Forget:
                if (worker.IsFresh && row?.State == ImageState.Removed)
                {
                    state.Rows[image] = null;
                    Outdate(state, index, image);
                }

                return worker with { Step = Step.Trim };
            default:
                throw new InvalidOperationException($"Nothing is done at {worker.Step}.");
        }
    }

    private Worker ReadBlob(ModelState state, Worker worker, int version) =>
        version == 0 ? worker with { Step = Step.RemoveRead }
        : worker.Row is not { } row || row.Version != version ? worker with
        {
            Step = mutation == Mutation.ClockInsteadOfLog && !state.Log.Exists(place => place.Image == worker.Message.Image && place.Version == version) ? Step.TakeNumber : Step.Append,
            Version = version,
            Sequence = 0,
        }
        : row.State switch
        {
            ImageState.Announced => worker with { Step = Step.ReadLog, Version = version, Sequence = row.Sequence },
            ImageState.Quarantining => worker with { Step = Step.CopyIn, SawOtherLive = false },
            _ => worker with { Step = Step.SyncRead },
        };

    /// <summary>The number is taken and the row is readable in one transaction; a clock gives the one without the other.</summary>
    private Worker Append(ModelState state, Worker worker)
    {
        var image = worker.Message.Image;
        var known = state.Log.Find(place => place.Image == image && place.Version == worker.Version);
        if (known.Sequence == 0)
        {
            known = new Place(image, worker.Version, mutation == Mutation.ClockInsteadOfLog ? worker.Sequence : ++state.Last);
            state.Log.Add(known);
        }

        return worker with { Step = Step.SendRecheck, Sequence = known.Sequence };
    }

    private Worker ReadLog(ModelState state, Worker worker)
    {
        var found = worker.Found.ToCharArray();
        foreach (var place in state.Log.Where(place => place.Sequence < worker.Sequence && place.Image != worker.Message.Image).OrderBy(place => place.Sequence))
        {
            found[place.Image] = mutation == Mutation.NoAnnouncements ? '.' : Letter(place.Sequence);
        }

        return worker with { Found = new string(found) };
    }

    private static Worker AskIndex(ModelState state, Worker worker) => worker with
    {
        Found = string.Concat(worker.Found.Select((found, other) => found == '.' && state.Visible[other] && other != worker.Message.Image ? '!' : found)),
    };

    /// <summary>Looks up the next image that was found: the ledger says what it is by now.</summary>
    private static Worker Resolve(ModelState state, Worker worker)
    {
        var other = worker.Resolved.Length;
        if (other == state.Rows.Length || worker.Found.AsSpan(other).IndexOfAnyExcept('.') < 0)
        {
            return worker with { Step = Step.Decide };
        }

        if (worker.Found[other] == '.')
        {
            return Resolve(state, worker with { Resolved = worker.Resolved + '.' });
        }

        long? announced = worker.Found[other] == '!' ? null : worker.Found[other] - 'A' + 1;
        var row = state.Rows[other];
        var what = !AnnouncementRules.IsDecided(row?.State, row?.Sequence ?? 0, announced) ? announced is null ? '.' : '?'
            : AnnouncementRules.Precedes(row!.Value.State, row.Value.Sequence, worker.Sequence) ? Letter(row.Value.Sequence) : '.';
        return worker with { Resolved = worker.Resolved + what };
    }

    private static List<Candidate> Candidates(Worker worker)
    {
        var candidates = worker.Resolved.Select((what, other) => (what, other)).Where(found => found.what != '.').Select(found => new Candidate(
            Paths[found.other], found.what == '?' ? 0 : found.what - 'A' + 1, "", found.what != '?', false, Match)).ToList();
        candidates.Sort(Candidate.ByStrength);
        return candidates;
    }

    private Worker Apply(ModelState state, int index, Worker worker, Choice choice, bool isProvisional)
    {
        if (worker.IsSecondLook && (isProvisional || choice.Candidate is null))
        {
            return isProvisional ? End(state, worker with { ComesAgain = true }) : worker with { Step = Step.SyncRead, After = Step.Trim };
        }

        var row = worker.Row!.Value;
        var decided = choice.Candidate is { } other
            ? new Row(ImageState.Quarantining, row.Version, row.Sequence, Array.IndexOf(Paths, other.Path), (int)other.Sequence)
            : new Row(ImageState.Indexing, row.Version, row.Sequence, IsProvisional: isProvisional);
        var written = TryWrite(state, index, decided);
        return written is null ? Lost(state, worker)
            : (written with { ComesAgain = worker.ComesAgain || worker.IsSecondLook }) with { Step = choice.Candidate is null ? Step.SyncRead : Step.CopyIn };
    }

    private Worker CopyIn(ModelState state, Worker worker, Row row)
    {
        var (image, version) = (worker.Message.Image, state.Blobs[worker.Message.Image]);
        if (version == row.Version)
        {
            state.Quarantine.Add((image, row.Version));
        }

        return state.Quarantine.Contains((image, row.Version))
            ? worker with { Step = mutation == Mutation.NoLookBeforeDelete ? Step.DeleteSource : Step.CheckOther, SawOtherLive = Holds(state, row) }
            : version == 0 ? worker with { Step = Step.WriteRemovedFromMove }
            : End(state, worker);
    }

    private Worker DeleteSource(ModelState state, Worker worker, Row row)
    {
        var image = worker.Message.Image;
        if (state.Blobs[image] == row.Version || (mutation == Mutation.UnconditionalDelete && state.Blobs[image] != 0))
        {
            state.Blobs[image] = 0;
            state.Fault = worker.SawOtherLive ? null : $"Image {image} is moved, though what it duplicates is not live.";
            Send(state, new Message(Event.Deleted, image, 0));
        }

        return state.Blobs[image] == 0 ? worker with { Step = Step.WriteQuarantined } : End(state, worker);
    }

    private Worker RecheckRead(ModelState state, Worker worker, Row? row)
    {
        worker = worker with { Row = row, IsFresh = true, Sequence = row?.Sequence ?? 0 };
        if (row is null || row.Value.Sequence < worker.Message.Sequence)
        {
            return state.Log.Exists(place => place.Sequence == worker.Message.Sequence)
                ? worker with { Step = Step.ReadRow, IsUnrecorded = true } : End(state, worker);
        }

        return row.Value.Sequence > worker.Message.Sequence ? worker with { Step = Step.Trim } : row.Value.State switch
        {
            ImageState.Indexed when IsEarly(state, worker.Message) => End(state, worker with { ComesAgain = true }),
            ImageState.Announced or ImageState.Quarantining or ImageState.Indexing => worker with { Step = Step.ReadRow, ComesAgain = true },
            ImageState.Indexed => worker with { Step = mutation == Mutation.NoSecondLook ? Step.Trim : Step.ReadLog, IsSecondLook = true },
            ImageState.Removed => worker with { Step = Step.SyncRead, After = Step.Forget },
            _ => worker with { Step = Step.Trim },
        };
    }

    /// <summary>The message is done, or comes again. What no row told of is looked at once more before it is given up.</summary>
    private static Worker End(ModelState state, Worker worker)
    {
        var message = worker.Message;
        if (worker.IsUnrecorded && state.Rows[message.Image]?.Sequence != message.Sequence)
        {
            state.Log.RemoveAll(place => place.Sequence == message.Sequence);
        }
        else if (worker.IsUnrecorded || worker.ComesAgain)
        {
            Send(state, message);
        }

        return Worker.Idle;
    }

    /// <summary>Another writer was first: an ingest begins anew, a second look comes again.</summary>
    private static Worker Lost(ModelState state, Worker worker) =>
        worker.IsSecondLook ? End(state, worker with { ComesAgain = true }) : worker with { Step = Step.ReadRow };

    /// <summary>Writes the row if nobody has since it was read; null where somebody has.</summary>
    private Worker? TryWrite(ModelState state, int index, Row row)
    {
        var worker = state.Workers[index];
        var image = worker.Message.Image;
        if (!worker.IsFresh)
        {
            return null;
        }

        transitions.Add((state.Rows[image]?.State, row.State));
        state.Rows[image] = row;
        Outdate(state, index, image);
        return worker with { Row = row };
    }

    private static void Outdate(ModelState state, int writer, int image)
    {
        for (var other = 0; other < state.Workers.Length; other++)
        {
            if (other != writer && state.Workers[other].Message.Image == image)
            {
                state.Workers[other] = state.Workers[other] with { IsFresh = false };
            }
        }
    }

    private static bool Holds(ModelState state, Row row) =>
        AnnouncementRules.StillHolds(state.Rows[row.Other]?.State, state.Rows[row.Other]?.Sequence ?? 0, row.OtherSequence);

    /// <summary>Queues hold what they are told twice; once is enough to explore.</summary>
    private static void Send(ModelState state, Message message)
    {
        if (!state.Queue.Contains(message))
        {
            state.Queue.Add(message);
        }
    }

    private static readonly ImagePath[] Paths = [new("images", "0"), new("images", "1"), new("images", "2")];

    private static char Letter(int sequence) => (char)('A' + sequence - 1);
}
