using System.Text;
using Serverless.Duplicates;
using Serverless.Ledger;

namespace Functions.Tests.Protocol;

/// <summary>What starts a worker: an upload or a deletion at a path, or a second look at a place in the log.</summary>
internal enum Event
{
    Created,
    Deleted,
    Recheck,
}

internal readonly record struct Message(Event Event, int Image, int Sequence);

/// <summary>The row of one image in the ledger. Versions and sequences count from 1.</summary>
internal readonly record struct Row(ImageState State, int Version, int Sequence, int Other = -1, int OtherSequence = 0, bool IsProvisional = false);

internal readonly record struct Place(int Image, int Version, int Sequence);

/// <summary>Where a worker stands: each step is one operation on a store, and anything may happen between two of them.</summary>
internal enum Step
{
    Idle,
    ReadRow,
    ReadBlob,
    TakeNumber,
    Append,
    SendRecheck,
    WriteAnnounced,
    GiveUp,
    ReadLog,
    AskIndex,
    Resolve,
    Decide,
    CopyIn,
    CheckOther,
    RenewSource,
    TakeBack,
    DeleteSource,
    WriteQuarantined,
    WriteRemovedFromMove,
    DeleteCopy,
    SyncRead,
    SyncIndex,
    SyncWrite,
    SyncCheck,
    RemoveRead,
    RemoveCheck,
    RemoveWrite,
    RecheckRead,
    Trim,
    Forget,
}

/// <summary>A worker and what it remembers of what it read.</summary>
internal sealed record Worker(Step Step, Message Message)
{
    public static readonly Worker Idle = new(Step.Idle, default);

    public Row? Row { get; init; }

    /// <summary>Nobody wrote the row since it was read: a conditional write of it succeeds.</summary>
    public bool IsFresh { get; init; }

    public int Version { get; init; }

    public int Sequence { get; init; }

    /// <summary>The version whose copy is in quarantine while it is taken back.</summary>
    public int Copied { get; init; }

    /// <summary>For each image: '.' where nothing showed it, '!' where only the index did, else a letter for its place in the log.</summary>
    public string Found { get; init; } = "";

    /// <summary>For each image that was looked up so far: '.' for no match, '?' for undecided, else a letter for the place at which it is live.</summary>
    public string Resolved { get; init; } = "";

    /// <summary>The look is a second one of a live image.</summary>
    public bool IsSecondLook { get; init; }

    /// <summary>The message comes again once this is done.</summary>
    public bool ComesAgain { get; init; }

    /// <summary>What the image duplicates was live when or after the copy was made. No part of the protocol: the invariant asks it.</summary>
    public bool SawOtherLive { get; init; }

    /// <summary>It began with a place in the log that no row told of.</summary>
    public bool IsUnrecorded { get; init; }

    /// <summary>What follows when the index is in step with the row.</summary>
    public Step After { get; init; }
}

/// <summary>Everything that the stores, the queue and the workers hold at one moment. Changed only while it is being made.</summary>
internal sealed class ModelState(int images, int workers)
{
    /// <summary>
    /// The version at each path, 0 for none: ten for each upload, and one for each time that it was renewed without other bytes.
    /// </summary>
    public int[] Blobs { get; private set; } = new int[images];

    public int[] Uploads { get; private set; } = new int[images];

    public Row?[] Rows { get; private set; } = new Row?[images];

    /// <summary>What the index was told of each image, and what searches see.</summary>
    public bool[] Written { get; private set; } = new bool[images];

    public bool[] Visible { get; private set; } = new bool[images];

    public List<Place> Log { get; private set; } = [];

    public int Last { get; set; }

    public SortedSet<(int Image, int Version)> Quarantine { get; private set; } = [];

    /// <summary>What a person deleted or replaced.</summary>
    public SortedSet<(int Image, int Version)> Gone { get; private set; } = [];

    public List<Message> Queue { get; private set; } = [];

    public Worker[] Workers { get; private set; } = [.. Enumerable.Repeat(Worker.Idle, workers)];

    /// <summary>What people will still do, in any order relative to the workers.</summary>
    public string Script { get; set; } = "";

    public int Crashes { get; set; }

    public int Repeats { get; set; }

    public int Impatience { get; set; }

    public string? Fault { get; set; }

    public IEnumerable<int> Live => Enumerable.Range(0, Rows.Length).Where(image => Rows[image] is { } row && row.State.IsLive());

    public ModelState Clone() => new(Rows.Length, Workers.Length)
    {
        Blobs = [.. Blobs],
        Uploads = [.. Uploads],
        Rows = [.. Rows],
        Written = [.. Written],
        Visible = [.. Visible],
        Log = [.. Log],
        Last = Last,
        Quarantine = [.. Quarantine],
        Gone = [.. Gone],
        Queue = [.. Queue],
        Workers = [.. Workers],
        Script = Script,
        Crashes = Crashes,
        Repeats = Repeats,
        Impatience = Impatience,
        Fault = Fault,
    };

    /// <summary>Equal for equal states; workers are alike, and so are messages in any order.</summary>
    public string Key()
    {
        var key = new StringBuilder();
        key.AppendJoin(',', Blobs).Append('|').AppendJoin(',', Uploads).Append('|');
        foreach (var row in Rows)
        {
            key.Append(row is { } known ? $"{(int)known.State}.{known.Version}.{known.Sequence}.{known.Other}.{known.OtherSequence}.{(known.IsProvisional ? 1 : 0)}," : "-,");
        }

        key.Append('|').AppendJoin(',', Written).Append('|').AppendJoin(',', Visible).Append('|');
        key.AppendJoin(',', Log.Select(place => $"{place.Image}.{place.Version}.{place.Sequence}")).Append('|').Append(Last).Append('|');
        key.AppendJoin(',', Quarantine).Append('|').AppendJoin(',', Gone).Append('|');
        key.AppendJoin(',', Queue.Select(message => $"{(int)message.Event}.{message.Image}.{message.Sequence}").Order(StringComparer.Ordinal)).Append('|');
        key.AppendJoin(';', Workers.Select(worker =>
            $"{(int)worker.Step}.{(int)worker.Message.Event}.{worker.Message.Image}.{worker.Message.Sequence}.{worker.Row}.{worker.IsFresh}.{worker.Version}.{worker.Sequence}.{worker.Copied}.{worker.Found}.{worker.Resolved}.{worker.IsSecondLook}.{worker.ComesAgain}.{worker.SawOtherLive}.{(int)worker.After}.{worker.IsUnrecorded}")
            .Order(StringComparer.Ordinal));
        return key.Append('|').Append(Script).Append('|').Append(Crashes).Append(Repeats).Append(Impatience).ToString();
    }
}
