namespace Serverless.Ledger;

/// <summary>Why an image is listed, in list order. The names are the API's <c>status</c> values.</summary>
internal enum DuplicateKind
{
    /// <summary>A duplicate that was moved.</summary>
    Quarantined,

    /// <summary>A duplicate left in place: shadow mode, or a blob with snapshots.</summary>
    Copy,

    /// <summary>Indexed, and linked to what it resembles.</summary>
    LookAlike,

    /// <summary>New, but with a neighbour near enough to be scored. Not in a group, but counted by what-if.</summary>
    Near,

    /// <summary>In quarantine and in the trash. Not in the list unless requested.</summary>
    Trashed,

    /// <summary>In quarantine because a person set it aside. A group of its own; not in the list unless requested.</summary>
    SetAside,
}
