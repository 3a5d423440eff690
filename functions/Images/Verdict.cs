namespace Serverless.Images;

/// <summary>The result of the duplicate check.</summary>
public enum Verdict
{
    /// <summary>No live image is alike.</summary>
    New,

    /// <summary>The vectors are alike, but the pixels do not confirm a copy.</summary>
    LookAlike,

    /// <summary>The vectors are alike and the pixels confirm it.</summary>
    Copy,

    /// <summary>The same bytes.</summary>
    Exact,
}

internal static class VerdictExtensions
{
    public static bool IsDuplicate(this Verdict verdict) => verdict is Verdict.Copy or Verdict.Exact;
}
