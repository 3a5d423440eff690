using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Pipeline;

namespace Functions.Tests.Protocol;

internal sealed partial class Protocol
{
    /// <summary>One operation of a worker, and what it goes on with.</summary>
    private void Advance(in ModelState state, int index)
    {
        var label = new Label(StepNames[(int)state.Work[index].Step], index, state.Work[index].Image, state.Work[index].Message);
        switch (state.Work[index].Step)
        {
            case Step.ReadLog when mutation == Mutation.IndexBeforeLog:
            case Step.AskIndex:
                AskIndex(state, index, label);
                return;
            case Step.Resolve:
                Resolve(state, index, label);
                return;
        }

        var next = state;
        if (state.Work[index].Step == Step.GiveUpPlace && IsOvertaken(state, state.Work[index].Image, state.Work[index].Message))
        {
            if (state.Stalls == 0)
            {
                return;
            }

            next.Stalls--;
        }

        ref var worker = ref next.Work[index];
        ref var cell = ref next.Images[worker.Image];
        switch (worker.Step)
        {
            case Step.ReadRow:
                Read(ref worker, cell, Step.ReadBlob);
                break;
            case Step.ReadBlob:
                ReadBlob(ref next, index, cell.Blob);
                break;
            case Step.ReadBytes:
                worker.Step = cell.Blob == worker.Version ? Step.Append : Step.ReadRow;
                worker.Mode = Mode.Ingest;
                break;
            case Step.TakeNumber:
                worker.Sequence = Number(ref next);
                worker.Step = Step.Append;
                break;
            case Step.Append:
                Append(ref next, ref worker);
                break;
            case Step.SendRecheck:
                SendRecheck(ref next, index);
                break;
            case Step.WriteAnnounced:
                worker.Step = TryWrite(ref next, index, Announced(worker, worker.Version)) ? Step.ReadLog : Step.GiveUp;
                break;
            case Step.GiveUp:
                if (cell.Blob != worker.Version)
                {
                    next.Log[worker.Sequence].Cause = 0;
                }

                worker.Step = Step.ReadRow;
                break;
            case Step.LastLook when cell.Blob == 0:
                worker.Step = Step.ReadRow;
                break;
            case Step.LastLook:
                End(ref next, index);
                break;
            case Step.ReadLog when AllWait(state):
                worker.Step = Step.DecideProvisionally;
                break;
            case Step.ReadLog:
                worker.Step = Step.AskIndex;
                ReadLog(next, ref worker);
                break;
            case Step.Decide or Step.DecideProvisionally:
                if (worker.Step == Step.Decide && CannotCompare(next, worker))
                {
                    var unlike = next;
                    Decide(ref unlike, index, isProvisional: false, isCompared: false);
                    Finish(ref unlike, index, label with { What = "cannot compare" });
                }

                Decide(ref next, index, worker.Step == Step.DecideProvisionally);
                break;
            default:
                AdvanceMove(ref next, index);
                break;
        }

        Finish(ref next, index, label);
    }

    private static Row Announced(in Worker worker, byte version) =>
        new()
        {
            State = ImageState.Announced,
            Version = version,
            Sequence = worker.Sequence,
            Listed = worker.Row.Listed,
        };

    /// <summary>Patience lasts longer than anything that others do meanwhile: it ends where nobody does anything but wait.</summary>
    private static bool AllWait(in ModelState state)
    {
        foreach (var worker in state.Work)
        {
            if (!worker.IsWaiting)
            {
                return false;
            }
        }

        return true;
    }

    private void Finish(ref ModelState next, int index, Label label)
    {
        Forget(ref next.Work[index]);
        Add(label, next);
    }

    private static void Read(ref Worker worker, in ImageCell cell, Step then)
    {
        worker.Row = cell.Row;
        worker.IsFresh = true;
        worker.SawNone = !cell.Row.Exists;
        worker.Step = then;
    }

    /// <summary>What is to be done is told by the product's own <see cref="StateTable"/>.</summary>
    private void ReadBlob(ref ModelState next, int index, byte version)
    {
        ref var worker = ref next.Work[index];
        ref readonly var row = ref worker.Row;
        var blob =
            version == 0 ? BlobSituation.Absent
            : version == row.Version ? BlobSituation.Judged
            : BlobSituation.Unjudged;
        var isToldOfBlob = worker.Event is Event.Created or Event.Deleted && worker.Image == worker.Home;
        worker.Version = version;
        switch (StateTable.Next(row.State, blob, isToldOfBlob ? Occasion.Event : Occasion.Resumption))
        {
            case NextStep.Nothing:
                End(ref next, index);
                break;
            case NextStep.Remove:
                Remove(ref next, index);
                break;
            case NextStep.Judge:
                worker.Step = Step.ReadLog;
                break;
            case NextStep.Quarantine:
                worker.Step = Step.CopyIn;
                break;
            case NextStep.Publish:
                worker.Step = Step.SyncRead;
                worker.After = Step.CopyRead;
                break;
            case NextStep.Restore:
                worker.Step = Step.ReadLog;
                worker.Mode = Mode.RestoreOfIngest;
                break;
            default:
                worker.Step =
                    mutation == Mutation.ClockInsteadOfLog && Known(next, worker.Image, version) == 0 ? Step.TakeNumber : Step.Append;
                break;
        }
    }

    private static int Known(in ModelState state, int image, int cause)
    {
        var place = (int)state.Last;
        while (place > 0 && (state.Log[place].Image != image || state.Log[place].Cause != cause))
        {
            place--;
        }

        return place;
    }

    private static byte Number(ref ModelState next) =>
        next.Last < ModelState.MostPlaces
            ? ++next.Last
            : throw new InvalidOperationException("There are more announcements than a state can hold.");

    /// <summary>The number is taken and the place is readable in one transaction; a clock gives the one without the other.</summary>
    private void Append(ref ModelState next, ref Worker worker)
    {
        var isAnew = IsRestore(worker.Mode) || worker.Mode == Mode.Displace;
        var cause = (byte)(isAnew ? (worker.Mode == Mode.Displace ? DisplaceCause : RestoreCause) + worker.Row.Sequence : worker.Version);
        var place = Known(next, worker.Image, cause);
        if (place == 0)
        {
            place = mutation == Mutation.ClockInsteadOfLog && !isAnew ? worker.Sequence : Number(ref next);
            next.Log[place] = new Place
            {
                Image = worker.Image,
                Cause = cause,
                Upload = (byte)ImageCell.UploadOf(isAnew ? worker.Row.Version : worker.Version),
            };
        }

        worker.Sequence = (byte)place;
        Sending(ref next, ref worker);
    }

    private const int RestoreCause = 128;
    private const int DisplaceCause = 160;

    private static bool IsRestore(Mode mode) => mode is Mode.Restore or Mode.RestoreOfIngest;

    /// <summary>
    /// Nobody can tell how long a message waited: where nothing crashes, sending it is no step of its own.
    /// </summary>
    private static void Sending(ref ModelState next, ref Worker worker)
    {
        worker.Step = Step.SendRecheck;
        if (next.Crashes == 0)
        {
            SendRecheck(ref next, ref worker);
        }
    }

    private void SendRecheck(ref ModelState next, int index)
    {
        SendRecheck(ref next, ref next.Work[index]);
        if (next.Work[index].Step == Step.Idle)
        {
            End(ref next, index);
        }
    }

    private static void SendRecheck(ref ModelState next, ref Worker worker)
    {
        Send(ref next, Event.Recheck, worker.Image, worker.Sequence);
        worker.Step = worker.Mode switch
        {
            var mode when IsRestore(mode) => Step.RestoreWrite,
            Mode.Removal => Step.Idle,
            Mode.Displace => Step.WriteBehind,
            _ => Step.WriteAnnounced,
        };
    }

    /// <summary>Writes the row if nobody has since it was read; false where somebody has.</summary>
    private bool TryWrite(ref ModelState next, int index, Row row)
    {
        ref var worker = ref next.Work[index];
        if (!worker.IsFresh)
        {
            return false;
        }

        transitions.Add((next.Images[worker.Image].Row.State, row.State));
        next.Images[worker.Image].Row = row;
        worker.Row = row;
        Outdate(ref next, index);
        return true;
    }

    private static void Outdate(ref ModelState next, int writer)
    {
        for (var other = 0; other < ModelState.Workers; other++)
        {
            if (other != writer && next.Work[other].Image == next.Work[writer].Image)
            {
                next.Work[other].IsFresh = next.Work[other].SawNone && !next.Images[next.Work[other].Image].Row.Exists;
            }
        }
    }

    /// <summary>The message is done, or comes again. What no row told of is looked at once more before it is given up.</summary>
    private static void End(ref ModelState next, int index)
    {
        ref var worker = ref next.Work[index];
        if (worker.Image != worker.Home)
        {
            worker.Mode = Mode.Displace;
            worker.Step = Step.Displace;
            return;
        }

        if (worker.IsUnrecorded)
        {
            worker.IsUnrecorded = false;
            worker.Step = Step.UnrecordedLook;
            return;
        }

        if (worker.ComesAgain)
        {
            Send(ref next, Event.Recheck, worker.Home, worker.Message);
        }

        worker = default;
    }

    /// <summary>What was to be done at the path is done.</summary>
    private void Done(ref ModelState next, int index)
    {
        ref var worker = ref next.Work[index];
        if (worker.Mode == Mode.Ingest || (worker.Mode == Mode.RestoreOfIngest && mutation != Mutation.NoLookAfterRestore))
        {
            worker.Mode = Mode.Ingest;
            worker.Step = Step.LastLook;
        }
        else
        {
            End(ref next, index);
        }
    }

    private static void LookAgain(ref Worker worker)
    {
        worker.Mode = Mode.Ingest;
        worker.Step = Step.ReadRow;
    }

    /// <summary>Another writer was first: look again at how things are.</summary>
    private static void Lost(ref ModelState next, int index)
    {
        ref var worker = ref next.Work[index];
        switch (worker.Mode)
        {
            case Mode.Ingest:
                worker.Step = Step.ReadRow;
                break;
            case Mode.Removal:
                LookAgain(ref worker);
                break;
            case Mode.SecondLook or Mode.MoveOfSecondLook:
                worker.ComesAgain = true;
                LookAgain(ref worker);
                break;
            default:
                worker.Step = Step.RestoreLost;
                break;
        }
    }

    /// <summary>A worker that no longer needs what it read is equal to one that never read it: fewer states, and no way is lost.</summary>
    private static void Forget(ref Worker worker)
    {
        var step = worker.Step;
        if (step == Step.Idle)
        {
            worker = default;
            return;
        }

        if (step is not (Step.AskIndex or Step.Resolve))
        {
            worker.Found = default;
        }

        if (step is not (Step.Resolve or Step.Decide or Step.DecideProvisionally or Step.Remember))
        {
            worker.Resolved = default;
        }

        if (
            step
            is not (Step.SyncIndex or Step.SyncRead or Step.SyncWrite or Step.SyncCheck or Step.LookBeforeDeleteCopy or Step.DeleteCopy)
        )
        {
            worker.After = Step.Idle;
        }

        if (step is not (Step.LookBeforeDeleteCopy or Step.DeleteCopy or Step.WriteRestored))
        {
            worker.Copied = 0;
        }

        worker.IsWaiting &= step == Step.ReadLog;
        worker.SawOtherLive &= step is Step.CheckOther or Step.DeleteSource;
        var isAnnouncing =
            step
            is Step.ReadBytes
                or Step.TakeNumber
                or Step.Append
                or Step.SendRecheck
                or Step.WriteAnnounced
                or Step.GiveUp
                or Step.RestoreWrite
                or Step.WriteBehind;
        if (!isAnnouncing && step != Step.TakeBack && worker.Mode != Mode.RestoreOfIngest)
        {
            worker.Version = 0;
        }

        if (!isAnnouncing && worker.After != Step.SendRecheck)
        {
            worker.Sequence = 0;
        }

        if (isAnnouncing && worker.Mode == Mode.Ingest)
        {
            worker.Row = new Row { Listed = worker.Row.Listed };
        }

        if (
            step
            is Step.ReadRow
                or Step.RestoreRead
                or Step.ForGoodRead
                or Step.Displace
                or Step.LastLook
                or Step.CopyRead
                or Step.SyncRead
                or Step.Trim
                or Step.TrimRemoved
                or Step.UnrecordedLook
                or Step.GiveUp
        )
        {
            worker.Row = default;
            worker.IsFresh = false;
            worker.SawNone = false;
        }
    }
}
