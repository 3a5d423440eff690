namespace Serverless.Search;

/// <summary>How much of a query's words an image has.</summary>
internal enum Completeness
{
    /// <summary>Some of them, or prefixes of some.</summary>
    Partial,

    /// <summary>All of them, or prefixes of them.</summary>
    Begun,

    /// <summary>All of them, as whole words.</summary>
    Whole,
}
