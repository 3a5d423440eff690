namespace Serverless.Ledger;

/// <summary>The orders of the list; each has its own rows.</summary>
internal enum DuplicateSort
{
    /// <summary>The most alike first.</summary>
    Confidence,

    /// <summary>The largest file first.</summary>
    Size,

    /// <summary>The latest decision first.</summary>
    Date,
}
