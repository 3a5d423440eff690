using Serverless.Duplicates;
using Serverless.Images;

namespace Functions.Tests.Protocol;

internal sealed partial class Protocol
{
    private void AdvanceMove(ref ModelState next, int index)
    {
        ref var worker = ref next.Work[index];
        ref var cell = ref next.Images[worker.Image];
        ref var row = ref worker.Row;
        switch (worker.Step)
        {
            case Step.CopyIn:
                CopyIn(ref next, index);
                break;
            case Step.CheckOther:
                var holds = Holds(next, row);
                worker.SawOtherLive |= holds;
                worker.Step = holds || cell.Blob == 0 ? Step.DeleteSource : Step.RenewSource;
                break;
            case Step.DeleteSource:
                DeleteSource(ref next, index);
                break;
            case Step.WriteQuarantined:
                Settles(ref next, index, row with { State = ImageState.Quarantined });
                break;
            case Step.WriteRemovedFromMove:
                if (TryWrite(ref next, index, row with { State = ImageState.Removed }))
                {
                    worker.Step = Step.SyncRead;
                }
                else
                {
                    Lost(ref next, index);
                }

                break;
            case Step.RenewSource when cell.Blob != row.Version:
                Done(ref next, index);
                break;
            case Step.RenewSource:
                cell.Blob = mutation == Mutation.NoRenewal ? cell.Blob : Edition(ref cell, ImageCell.UploadOf(cell.Blob));
                worker.Version = cell.Blob;
                worker.Step = Step.TakeBack;
                break;
            case Step.TakeBack:
                var copied = row.Copy;
                if (
                    TryWrite(
                        ref next,
                        index,
                        row with
                        {
                            State = ImageState.Announced,
                            Version = worker.Version,
                            Other = 0,
                            OtherSequence = 0,
                            Copy = 0,
                        }
                    )
                )
                {
                    worker.Copied = copied;
                    worker.ComesAgain |= worker.Mode == Mode.MoveOfSecondLook;
                    worker.Mode = Mode.Ingest;
                    worker.After = Step.ReadRow;
                    worker.Step = Step.LookBeforeDeleteCopy;
                }
                else
                {
                    Lost(ref next, index);
                }

                break;
            case Step.LookBeforeDeleteCopy:
                worker.Step = cell.Blob == row.Version ? Step.DeleteCopy : worker.After;
                break;
            case Step.DeleteCopy:
                cell.Kept &= ~ImageCell.Bit(worker.Copied);
                worker.Step = worker.After;
                break;
            case Step.SyncRead or Step.SyncIndex or Step.SyncWrite or Step.SyncCheck:
                Sync(ref next, index);
                break;
            case Step.RemoveWrite:
                worker.Sequence = worker.Row.Sequence;
                worker.After = Step.SendRecheck;
                Settles(ref next, index, worker.Row with { State = ImageState.Removed });
                break;
            case Step.RecheckRead:
                RecheckRead(ref next, index);
                break;
            case Step.UnrecordedLook:
                Read(ref worker, cell, Step.GiveUpPlace);
                if (worker.Row.Sequence == worker.Message)
                {
                    worker.ComesAgain = true;
                    End(ref next, index);
                }

                break;
            case Step.GiveUpPlace:
                GiveUpPlace(ref next, index);
                break;
            case Step.Trim:
                next.Log[worker.Message].Cause = 0;
                End(ref next, index);
                break;
            case Step.TrimRemoved:
                next.Log[worker.Message].Cause = 0;
                worker.Step = Step.SyncRead;
                worker.After = Step.Forget;
                break;
            case Step.Displace:
                Displace(ref next, index);
                break;
            case Step.WriteBehind:
                worker.Step = Step.Displace;
                if (TryWrite(ref next, index, Announced(worker, row.Version)))
                {
                    LookAgain(ref worker);
                }

                break;
            case Step.Forget:
                if (row.State == ImageState.Removed)
                {
                    TryWrite(ref next, index, default);
                }

                End(ref next, index);
                break;
            default:
                AdvanceRestore(ref next, index);
                break;
        }
    }

    /// <summary>
    /// Whoever has the place and is about to tell of it finds the row written meanwhile. The two requests are taken as one: nobody
    /// reads the row anew and asks for the place again between them.
    /// </summary>
    private void GiveUpPlace(ref ModelState next, int index)
    {
        ref var worker = ref next.Work[index];
        if (mutation == Mutation.PlaceGivenUpUnseen || !worker.Row.Exists || TryWrite(ref next, index, worker.Row))
        {
            next.Log[worker.Message].Cause = 0;
        }
        else
        {
            worker.ComesAgain = true;
        }

        End(ref next, index);
    }

    /// <summary>Writes the row and goes on to the index; looks again, and says false, where another writer was first.</summary>
    private bool Settles(ref ModelState next, int index, Row row)
    {
        var isWritten = TryWrite(ref next, index, row);
        if (isWritten)
        {
            next.Work[index].Step = Step.SyncIndex;
        }
        else
        {
            Lost(ref next, index);
        }

        return isWritten;
    }

    /// <summary>The next poorer copy of an image that is live by now takes a place behind it, and is judged there.</summary>
    private static void Displace(ref ModelState next, int index)
    {
        ref var worker = ref next.Work[index];
        if (worker.Mode == Mode.Displace)
        {
            (worker.Image, worker.Mode) = (worker.Home, worker.HomeMode);
        }

        for (var other = 0; other < ModelState.MostImages; other++)
        {
            if (worker.Poorer[other] is not 0 and var place)
            {
                worker.Poorer[other] = 0;
                if (next.Images[other].Row.IsLive && next.Images[other].Row.Sequence == place)
                {
                    (worker.Image, worker.HomeMode, worker.Mode) = ((byte)other, worker.Mode, Mode.Displace);
                    Read(ref worker, next.Images[other], Step.Append);
                }

                return;
            }
        }

        worker.Step = Step.LastLook;
        if (worker.Mode == Mode.SecondLook)
        {
            worker.ComesAgain = true;
            End(ref next, index);
        }
    }

    private void CopyIn(ref ModelState next, int index)
    {
        ref var worker = ref next.Work[index];
        ref var cell = ref next.Images[worker.Image];
        cell.Kept |= cell.Blob == worker.Row.Version ? ImageCell.Bit(worker.Row.Copy) : 0;
        if (cell.Keeps(worker.Row.Copy))
        {
            worker.SawOtherLive = Holds(next, worker.Row);
            worker.Step = mutation == Mutation.NoLookBeforeDelete ? Step.DeleteSource : Step.CheckOther;
        }
        else if (cell.Blob == 0)
        {
            worker.Step = Step.WriteRemovedFromMove;
        }
        else
        {
            Done(ref next, index);
        }
    }

    private void DeleteSource(ref ModelState next, int index)
    {
        ref var worker = ref next.Work[index];
        ref var cell = ref next.Images[worker.Image];
        if (cell.Blob == worker.Row.Version || (mutation == Mutation.UnconditionalDelete && cell.Blob != 0))
        {
            cell.Blob = 0;
            fault = worker.SawOtherLive ? null : $"Image {worker.Image} is moved, though what it duplicates is not live.";
            Send(ref next, Event.Deleted, worker.Image, 0);
        }

        worker.Step = Step.WriteQuarantined;
        if (cell.Blob != 0)
        {
            Done(ref next, index);
        }
    }

    private static bool Holds(in ModelState state, in Row row)
    {
        ref readonly var other = ref state.Images[row.Other - 1].Row;
        return OrderingRules.StillHolds(other.State, other.Sequence, row.OtherSequence);
    }

    private void Sync(ref ModelState next, int index)
    {
        ref var worker = ref next.Work[index];
        ref var cell = ref next.Images[worker.Image];
        ref var row = ref worker.Row;
        switch (worker.Step)
        {
            case Step.SyncRead:
                Read(ref worker, cell, Step.SyncIndex);
                break;
            case Step.SyncIndex:
                if (cell.IsWritten != row.IsLive)
                {
                    cell.Lag++;
                    cell.ShownTo = 0;
                    cell.IsWritten = row.IsLive;
                }

                worker.Step = row.State == ImageState.Indexing || row.Listed != row.Entry ? Step.SyncWrite : Step.SyncCheck;
                break;
            case Step.SyncWrite:
                TryWrite(
                    ref next,
                    index,
                    row with
                    {
                        State = row.State == ImageState.Indexing ? ImageState.Indexed : row.State,
                        Listed = row.Entry,
                    }
                );
                worker.Step = Step.SyncCheck;
                break;
            case Step.SyncCheck when !worker.IsFresh:
                Read(ref worker, cell, Step.SyncIndex);
                break;
            case Step.SyncCheck when worker.After == Step.Idle:
                Done(ref next, index);
                break;
            case Step.SyncCheck when worker.After == Step.SendRecheck:
                Sending(ref next, ref worker);
                if (worker.Step == Step.Idle)
                {
                    End(ref next, index);
                }

                break;
            case Step.SyncCheck when worker.After == Step.CopyRead && !scenario.HasRestores:
                AfterCopy(ref next, index);
                break;
            default:
                worker.Step = worker.After;
                break;
        }
    }

    private void Remove(ref ModelState next, int index)
    {
        ref var worker = ref next.Work[index];
        var isNoted = worker.Row.State == ImageState.Removed;
        if (isNoted && mutation == Mutation.RemovedIsDone)
        {
            End(ref next, index);
            return;
        }

        worker.Mode = Mode.Removal;
        worker.Step = Step.RemoveWrite;
        if (isNoted)
        {
            worker.Sequence = worker.Row.Sequence;
            worker.After = Step.SendRecheck;
            worker.Step = Step.SyncRead;
        }
    }

    private void Show(ref ModelState next, int image)
    {
        for (var other = 0; other < scenario.Images; other++)
        {
            ref var cell = ref next.Images[other];
            if (other == image || (cell.ShownTo & (1 << image)) != 0)
            {
                (cell.Lag, cell.ShownTo) = (0, 0);
            }
        }
    }

    private void RecheckRead(ref ModelState next, int index)
    {
        ref var worker = ref next.Work[index];
        ref var cell = ref next.Images[worker.Image];
        Read(ref worker, cell, Step.GiveUpPlace);
        if (!worker.Row.Exists || worker.Row.Sequence < worker.Message)
        {
            worker.IsUnrecorded = next.Log[worker.Message].IsHeld;
            worker.Step = Step.ReadRow;
            if (!worker.IsUnrecorded)
            {
                End(ref next, index);
            }

            return;
        }

        if (worker.Row.Sequence > worker.Message)
        {
            return;
        }

        switch (worker.Row.State)
        {
            case ImageState.Announced or ImageState.Quarantining or ImageState.Restoring or ImageState.Indexing:
                worker.ComesAgain = true;
                worker.Step = Step.ReadRow;
                break;
            case ImageState.Removed:
                worker.Step = Step.TrimRemoved;
                break;
            case ImageState.Indexed:
                // The visibility window has passed since it was settled, by the clock that says when it was: that of storage. By now
                // the index shows what was written then. What the clocks of the workers say does not come into it.
                if (mutation != Mutation.ClocksOfWorkers || index == 1)
                {
                    Show(ref next, worker.Image);
                }

                worker.Mode = Mode.SecondLook;
                worker.Step = mutation == Mutation.NoSecondLook ? Step.Trim : Step.ReadLog;
                break;
            default:
                worker.Step = Step.SyncRead;
                worker.After = Step.Trim;
                break;
        }
    }
}
