namespace Serverless.Images;

/// <summary>What the duplicate check found.</summary>
public enum Verdict
{
    /// <summary>Nothing alike is live.</summary>
    New,

    /// <summary>The vectors are alike, the pixels do not confirm a copy.</summary>
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
