namespace Serverless.Ledger;

/// <summary>The list's sort orders; each has its own rows.</summary>
internal enum DuplicateSort
{
    /// <summary>Most similar first.</summary>
    Confidence,

    /// <summary>Largest file first.</summary>
    Size,

    /// <summary>Latest decision first.</summary>
    Date,
}
