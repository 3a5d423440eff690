using Serverless.Images;

namespace Functions.Tests.Protocol;

internal sealed partial class Protocol
{
    private void AdvanceRestore(ref ModelState next, int index)
    {
        ref var worker = ref next.Work[index];
        ref var cell = ref next.Images[worker.Image];
        ref var row = ref worker.Row;
        switch (worker.Step)
        {
            case Step.RestoreRead when cell.Row.State == ImageState.Restoring:
                LookAgain(ref worker);
                break;
            case Step.RestoreRead when cell.Row.State == ImageState.Quarantined:
                Read(ref worker, cell, Step.RestoreLook);
                break;
            case Step.RestoreLook when cell.Blob == 0 && cell.Keeps(row.Copy):
                worker.Step = Step.Append;
                break;
            case Step.RestoreRead or Step.RestoreLook:
                End(ref next, index);
                break;
            case Step.RestoreWrite:
                worker.Step = Step.RestoreRead;
                if (TryWrite(ref next, index, row with { State = ImageState.Restoring, Sequence = worker.Sequence }))
                {
                    LookAgain(ref worker);
                }

                break;
            case Step.Remember:
                foreach (var found in worker.Resolved)
                {
                    next.Remembered |= found != 0 ? PairBit(next, worker, Worker.PlaceOf(found)) : 0;
                }

                worker.Step = mutation == Mutation.NothingRemembered ? Step.CopyOut : Step.ReadLog;
                break;
            case Step.CopyOut:
                CopyOut(ref next, index);
                break;
            case Step.CopyOutLook:
                worker.Copied = cell.Blob;
                worker.Step = ImageCell.UploadOf(cell.Blob) == ImageCell.UploadOf(row.Version) ? Step.WriteRestored : Step.RestoreLost;
                break;
            case Step.WriteRestored:
                worker.After = Step.CopyRead;
                if (Settles(ref next, index, row with { State = ImageState.Indexing, Version = worker.Copied }))
                {
                    NoteSettled(ref next, worker.Image);
                }

                break;
            case Step.RestoreLost:
                RestoreLost(ref next, index);
                break;
            case Step.CopyRead when cell.Row is { IsLive: true, Copy: not 0 }:
                Read(ref worker, cell, Step.LookBeforeDeleteCopy);
                worker.Copied = row.Copy;
                worker.After = Step.CopyWrite;
                break;
            case Step.CopyWrite when !TryWrite(ref next, index, row with { Copy = 0 }):
                worker.Step = Step.CopyRead;
                break;
            case Step.CopyRead or Step.CopyWrite:
                AfterCopy(ref next, index);
                break;
            default:
                DeleteForGood(ref next, index);
                break;
        }
    }

    private void CopyOut(ref ModelState next, int index)
    {
        ref var worker = ref next.Work[index];
        ref var cell = ref next.Images[worker.Image];
        if (!cell.Keeps(worker.Row.Copy) && cell.Blob == 0)
        {
            // The request fails. A message comes again; a person is told, and looks again or does not.
            worker.ComesAgain = false;
            worker.IsUnrecorded = false;
            if (worker.Event != Event.Restore)
            {
                Send(ref next, worker.Event, worker.Image, worker.Message);
            }

            End(ref next, index);
            return;
        }

        if (cell.Blob == 0 || mutation == Mutation.RestoreOverwrites)
        {
            cell.Blob = Edition(ref cell, ImageCell.UploadOf(worker.Row.Version));
            Send(ref next, Event.Created, worker.Image, 0);
        }

        worker.Step = Step.CopyOutLook;
    }

    private static void RestoreLost(ref ModelState next, int index)
    {
        ref var worker = ref next.Work[index];
        switch (worker.Mode)
        {
            case Mode.RestoreOfIngest when worker.Version != 0 && worker.IsFresh:
                worker.Step = Step.ReadBytes;
                break;
            case Mode.RestoreOfIngest when worker.IsFresh:
                End(ref next, index);
                break;
            default:
                worker.Mode = Mode.Ingest;
                worker.Step = Step.ReadRow;
                break;
        }
    }

    /// <summary>The copy that a restored image left in quarantine is seen to.</summary>
    private void AfterCopy(ref ModelState next, int index)
    {
        if (next.Work[index].Mode == Mode.SecondLook)
        {
            next.Work[index].Step = Step.Trim;
        }
        else
        {
            Done(ref next, index);
        }
    }

    private void DeleteForGood(ref ModelState next, int index)
    {
        ref var worker = ref next.Work[index];
        ref var cell = ref next.Images[worker.Image];
        switch (worker.Step)
        {
            case Step.ForGoodRead when cell.Row.State != ImageState.Quarantined:
                End(ref next, index);
                break;
            case Step.ForGoodRead:
                Read(ref worker, cell, Step.ForGoodWrite);
                break;
            case Step.ForGoodWrite when TryWrite(ref next, index, worker.Row with { State = ImageState.Removed }):
                cell.Gone |= (byte)(1 << ImageCell.UploadOf(worker.Row.Version));
                worker.Step = Step.ForGoodDelete;
                break;
            case Step.ForGoodWrite:
                worker.Step = Step.ForGoodRead;
                break;
            case Step.ForGoodDelete:
                cell.Kept &= ~ImageCell.Bit(worker.Row.Copy);
                worker.Step = Step.SyncRead;
                worker.After = Step.Forget;
                break;
            default:
                throw Impossible(worker.Step);
        }
    }
}
