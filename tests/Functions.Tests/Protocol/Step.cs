namespace Functions.Tests.Protocol;

/// <summary>Where a worker stands: each step is one operation on a store, and anything may happen between two of them.</summary>
internal enum Step : byte
{
    Idle,

    // Taking in what is at a path.
    ReadRow,
    ReadBlob,
    ReadBytes,
    TakeNumber,
    Append,
    SendRecheck,
    WriteAnnounced,
    GiveUp,
    LastLook,

    // Judging.
    ReadLog,
    AskIndex,
    Resolve,
    Decide,
    DecideProvisionally,

    // Moving to quarantine, and taking a move back.
    CopyIn,
    CheckOther,
    DeleteSource,
    WriteQuarantined,
    WriteRemovedFromMove,
    RenewSource,
    TakeBack,
    LookBeforeDeleteCopy,
    DeleteCopy,

    // Making the index follow.
    SyncRead,
    SyncIndex,
    SyncWrite,
    SyncCheck,

    // A better copy stays: the poorer one takes a place behind it.
    Displace,
    WriteBehind,

    // After a deletion.
    RemoveWrite,

    // The second look.
    RecheckRead,
    UnrecordedLook,
    GiveUpPlace,
    Trim,
    TrimRemoved,
    Forget,

    // Putting back, and deleting from quarantine.
    RestoreRead,
    RestoreLook,
    RestoreWrite,
    Remember,
    CopyOut,
    CopyOutLook,
    WriteRestored,
    RestoreLost,
    CopyRead,
    CopyWrite,
    ForGoodRead,
    ForGoodWrite,
    ForGoodDelete,
}

/// <summary>What a worker does as a whole: it tells what follows when another writer was first, and when it is done.</summary>
internal enum Mode : byte
{
    Ingest,
    Removal,
    SecondLook,
    MoveOfSecondLook,
    Displace,
    Restore,
    RestoreOfIngest,
}

/// <summary>What starts a worker: an upload or a deletion at a path, a second look at a place in the log, or a person's request.</summary>
internal enum Event : byte
{
    Created,
    Deleted,
    Recheck,
    Restore,
    DeleteForGood,
}

/// <summary>A part of the protocol that is left out, to see that the explorer misses it.</summary>
internal enum Mutation
{
    None,
    NoAnnouncements,
    ClockInsteadOfLog,
    UnconditionalDelete,
    NoLookBeforeDelete,
    NoRenewal,
    IndexBeforeLog,
    NoSecondLook,
    NothingRemembered,
    RestoreOverwrites,
    PlaceGivenUpUnseen,
    NoLookAfterRestore,
    MovesAreDecided,
    RemovedIsDone,

    /// <summary>
    /// A worker compares when an image was settled with a clock of its own. The first one's is an hour ahead (or has jumped): it
    /// takes every image for settled long ago, and looks before the index shows anything.
    /// </summary>
    ClocksOfWorkers,
}
