namespace Serverless.Rules;

/// <summary>How two alike images are compared.</summary>
internal enum ComparatorKind
{
    /// <summary>The one under the earlier of the given prefixes wins; under none of them is last.</summary>
    Prefix,

    /// <summary>The one with more pixels wins.</summary>
    Larger,

    /// <summary>The one with more bytes wins.</summary>
    Heavier,

    /// <summary>The one uploaded earlier wins.</summary>
    Older,

    /// <summary>The one uploaded later wins.</summary>
    Newer,

    /// <summary>The one that is kept now wins.</summary>
    Kept,
}
