using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Storage;

namespace Functions.Tests.Protocol;

internal sealed partial class Protocol
{
    private static readonly PairVerdict Match = new(
        Verdict.Copy,
        0.99,
        new Evidence("vectorAndPixels", "They match.", 0.99, 0.9, 0, null, "model")
    );
    private static readonly PairVerdict ToldApart = DuplicatePolicy.Remembered(Match);
    private static readonly ImagePath[] Paths =
    [
        .. Enumerable.Range(0, ModelState.MostImages).Select(image => new ImagePath("images", $"{image}")),
    ];

    /// <summary>The choice by what was resolved: the product's rule is asked once for each combination.</summary>
    private readonly Dictionary<int, (int Image, int Sequence, bool IsDuplicate, bool Waits, int Superseded)> choices = [];

    /// <summary>For each other image its latest place before mine, if what is announced there is alike.</summary>
    private void ReadLog(in ModelState state, ref Worker worker)
    {
        for (var place = 1; place < worker.Row.Sequence; place++)
        {
            var other = state.Log[place].Image;
            if (state.Log[place].IsHeld && Matches(worker.Image, other) && mutation != Mutation.NoAnnouncements)
            {
                worker.Found[other] = (byte)place;
            }
        }
    }

    private bool Matches(int image, int other) => matches[(image * ModelState.MostImages) + other];

    /// <summary>
    /// The index shows of each image what it was told last, or anything that it was told since it was last seen, for as long as it
    /// likes. What it shows is settled when somebody asks: nobody can tell when it came to show it.
    /// </summary>
    private void AskIndex(in ModelState state, int index, Label label)
    {
        if (mutation == Mutation.IndexBeforeLog && state.Work[index].Step == Step.AskIndex)
        {
            var next = state;
            ReadLog(next, ref next.Work[index]);
            Found(ref next, index, label);
        }
        else
        {
            AskIndex(state, index, label, 0);
        }
    }

    private void AskIndex(in ModelState state, int index, Label label, int other)
    {
        if (other == scenario.Images)
        {
            var next = state;
            if (next.Work[index].Step == Step.ReadLog)
            {
                next.Work[index].Step = Step.AskIndex;
                Finish(ref next, index, label);
            }
            else
            {
                Found(ref next, index, label);
            }

            return;
        }

        ref readonly var worker = ref state.Work[index];
        ref readonly var cell = ref state.Images[other];
        if (worker.Found[other] != 0 || !Matches(worker.Image, other) || (!cell.IsWritten && cell.Lag == 0))
        {
            AskIndex(state, index, label, other + 1);
            return;
        }

        foreach (var isShown in new ReadOnlySpan<bool>([true, false]))
        {
            if (isShown == cell.IsWritten || cell.Lag > 0)
            {
                var next = state;
                ref var seen = ref next.Images[other];
                seen.Lag = (byte)(isShown == seen.IsWritten ? seen.Lag & ~1 : (seen.Lag - 1) | 1);
                seen.ShownTo &= (byte)(seen.Lag == 0 ? 0 : byte.MaxValue);
                next.Work[index].Found[other] = isShown ? Worker.OnlyIndex : (byte)0;
                AskIndex(next, index, label, other + 1);
            }
        }
    }

    /// <summary>Looks up one of the images that were found: the ledger says what it is by now.</summary>
    private void Resolve(in ModelState state, int index, Label label)
    {
        for (var other = 0; other < scenario.Images; other++)
        {
            if (state.Work[index].Found[other] is not 0 and var found)
            {
                var next = state;
                ref var worker = ref next.Work[index];
                worker.Found[other] = 0;
                worker.Resolved[other] = Resolved(next, worker, other, found == Worker.OnlyIndex ? null : found);
                Found(ref next, index, label with { Detail = other });
            }
        }
    }

    private byte Resolved(in ModelState state, in Worker worker, int other, byte? announced)
    {
        ref readonly var row = ref state.Images[other].Row;
        var isDecided =
            OrderingRules.IsDecided(row.State, row.Sequence, announced)
            || (mutation == Mutation.MovesAreDecided && row.State == ImageState.Quarantining);
        if (!isDecided)
        {
            return announced is { } place ? Candidate(state, worker, place, isLive: false) : (byte)0;
        }

        return OrderingRules.Precedes(
            row.State!.Value,
            new Serverless.Duplicates.Place(row.Sequence, ""),
            new Serverless.Duplicates.Place(worker.Row.Sequence, "")
        )
            ? Candidate(state, worker, row.Sequence, isLive: true)
            : (byte)0;
    }

    private byte Candidate(in ModelState state, in Worker worker, int place, bool isLive) =>
        Worker.Candidate(
            place,
            isLive,
            mutation != Mutation.NothingRemembered && AreToldApart(state, worker, place),
            isLive && scenario.IsBetter(worker.Image, state.Log[place].Image)
        );

    private static bool AreToldApart(in ModelState state, in Worker worker, int place) =>
        (state.Remembered & PairBit(state, worker, place)) != 0;

    private static ulong PairBit(in ModelState state, in Worker worker, int place) =>
        ModelState.PairBit(worker.Image, ImageCell.UploadOf(worker.Row.Version), state.Log[place].Image, state.Log[place].Upload);

    /// <summary>Goes on to the next that was found, or where all are resolved to what follows from them.</summary>
    private void Found(ref ModelState next, int index, Label label)
    {
        ref var worker = ref next.Work[index];
        worker.Step = Step.Resolve;
        for (var other = 0; other < scenario.Images; other++)
        {
            if (worker.Found[other] != 0)
            {
                Finish(ref next, index, label);
                return;
            }
        }

        var choice = Choose(worker.Resolved);
        if (IsRestore(worker.Mode))
        {
            worker.Step = HasDuplicates(worker.Resolved) ? Step.Remember : Step.CopyOut;
            (worker.Row.Other, worker.Row.OtherSequence) = ((byte)(choice.Image + 1), (byte)choice.Sequence);
        }
        else if (choice.Waits)
        {
            if (next.Impatience > 0)
            {
                var impatient = next;
                impatient.Impatience--;
                impatient.Work[index].Step = Step.DecideProvisionally;
                Finish(ref impatient, index, label with { What = "waits no longer" });
            }

            worker.Step = Step.ReadLog;
            worker.IsWaiting = true;
        }
        else if (worker.Mode == Mode.SecondLook && !choice.IsDuplicate)
        {
            worker.Step =
                choice.Superseded != 0 ? Step.Displace
                : worker.Row.Copy != 0 ? Step.SyncRead
                : Step.Trim;
            worker.After = Step.CopyRead;
            NotePoorer(ref worker, choice.Superseded);
        }
        else
        {
            worker.Step = Step.Decide;
        }

        Finish(ref next, index, label);
    }

    private static bool HasDuplicates(in PerImage<byte> resolved)
    {
        foreach (var found in resolved)
        {
            if (found != 0 && (found & 2) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private (int Image, int Sequence, bool IsDuplicate, bool Waits, int Superseded) Choose(in PerImage<byte> resolved)
    {
        var key = resolved[0] | (resolved[1] << 8) | (resolved[2] << 16);
        if (!choices.TryGetValue(key, out var known))
        {
            var candidates = new List<Candidate>();
            for (var other = 0; other < ModelState.MostImages; other++)
            {
                if (resolved[other] is not 0 and var found)
                {
                    candidates.Add(
                        new Candidate(
                            Paths[other],
                            Worker.PlaceOf(found),
                            "",
                            (found & 1) != 0,
                            false,
                            (found & 2) != 0 ? ToldApart : Match,
                            (found & 64) != 0
                        )
                    );
                }
            }

            candidates.Sort(Serverless.Duplicates.Candidate.ByStrength);
            var choice = OrderingRules.Choose(candidates);
            var displaced = choice.Superseded.Sum(poorer => 1 << Array.IndexOf(Paths, poorer.Path));
            known = choice.Candidate is { } chosen
                ? (Array.IndexOf(Paths, chosen.Path), (int)chosen.Sequence, chosen.Pair.Verdict.IsDuplicate(), choice.Waits, displaced)
                : (-1, 0, false, choice.Waits, displaced);
            choices.Add(key, known);
        }

        return known;
    }

    private static void NotePoorer(ref Worker worker, int displaced)
    {
        for (var other = 0; other < ModelState.MostImages; other++)
        {
            worker.Poorer[other] = (byte)((displaced & (1 << other)) != 0 ? Worker.PlaceOf(worker.Resolved[other]) : 0);
        }
    }

    private void NoteSettled(ref ModelState next, int image)
    {
        for (var other = 0; other < scenario.Images; other++)
        {
            next.Images[other].ShownTo |= (byte)(next.Images[other].Lag > 0 ? 1 << image : 0);
        }
    }

    private static (int Image, int Sequence, bool IsDuplicate, bool Waits, int Superseded) NoChoice => (-1, 0, false, false, 0);

    /// <summary>
    /// The bytes of one of the two may be gone, since before they were compared or after: then it is no duplicate, or is one.
    /// </summary>
    private bool CannotCompare(in ModelState state, in Worker worker) =>
        Choose(worker.Resolved) is { IsDuplicate: true, Image: var other }
        && (state.Images[worker.Image].Blob != worker.Row.Version || state.Images[other].Blob != state.Images[other].Row.Version);

    private void Decide(ref ModelState next, int index, bool isProvisional, bool isCompared = true)
    {
        ref var worker = ref next.Work[index];
        var choice = isProvisional ? NoChoice : Choose(worker.Resolved);
        choice.IsDuplicate &= isCompared;
        if (worker.Mode == Mode.SecondLook && !isCompared)
        {
            worker.Step = worker.Row.Copy != 0 ? Step.SyncRead : Step.Trim;
            worker.After = Step.CopyRead;
            return;
        }

        if (worker.Mode == Mode.SecondLook)
        {
            worker.ComesAgain = true;
            if (isProvisional)
            {
                End(ref next, index);
                return;
            }

            worker.Mode = Mode.MoveOfSecondLook;
        }

        var row = worker.Row with
        {
            State = choice.IsDuplicate ? ImageState.Quarantining : ImageState.Indexing,
            Other = (byte)(choice.Image + 1),
            OtherSequence = (byte)choice.Sequence,
            IsProvisional = isProvisional,
            Copy = choice.IsDuplicate ? worker.Row.Version : (byte)0,
        };
        if (choice.IsDuplicate && AreToldApart(next, worker, choice.Sequence))
        {
            fault = $"Image {worker.Image} is displaced by one that a person told it apart from.";
        }

        if (!TryWrite(ref next, index, row))
        {
            fault = null;
            Lost(ref next, index);
        }
        else
        {
            worker.Step = choice.IsDuplicate ? Step.CopyIn : Step.SyncIndex;
            worker.After = choice.Superseded != 0 ? Step.Displace : Step.Idle;
            NotePoorer(ref worker, choice.Superseded);
            NoteSettled(ref next, worker.Image);
        }
    }
}
