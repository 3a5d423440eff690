namespace Serverless.Ledger;

/// <summary>Why an image is listed, in the order of the list. The names are those of the API's <c>status</c>.</summary>
internal enum DuplicateKind
{
    /// <summary>A duplicate that was moved.</summary>
    Quarantined,

    /// <summary>A duplicate that stays where it is: shadow mode, or a blob with snapshots.</summary>
    Copy,

    /// <summary>Indexed, and linked to what it resembles.</summary>
    LookAlike,

    /// <summary>New, but with a neighbour near enough to have a score. In no group; counted by what-if.</summary>
    Near,
}
