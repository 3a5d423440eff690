namespace Serverless.Pipeline;

/// <summary>What other processes' notes say about a version of an image.</summary>
/// <param name="Ends">How many of them crashed while working on it.</param>
/// <param name="EndsAlone">How many of these were working on nothing else.</param>
/// <param name="IsTriedAlone">Another process, possibly alive, is trying it alone.</param>
internal sealed record AttemptHistory(int Ends, int EndsAlone, bool IsTriedAlone)
{
    /// <summary>A second crash, alone, is no coincidence.</summary>
    public const int MostEnds = 2;

    /// <summary>Crashes needed to blame an image that never ran alone.</summary>
    public const int MostEndsBesideOthers = 5;

    /// <summary>
    /// Where the app starts more often than this (<see cref="AttemptStarts.Lately"/>), something else ends it, and once alone may be an
    /// accident.
    /// </summary>
    public const int FewStarts = 5;

    /// <summary>A process silent for this long has ended.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(12);

    /// <summary>It may have crashed a process: from now on it is read and embedded alone.</summary>
    public bool IsSuspect => Ends > 0;

    /// <summary>Enough to blame it, unless something else keeps crashing the app.</summary>
    public bool MayBeDeadly => (Ends >= MostEnds && EndsAlone > 0) || Ends >= MostEndsBesideOthers;

    public static AttemptHistory Of(IEnumerable<AttemptNote> others, AttemptWorker own, DateTimeOffset now)
    {
        var byEnd = others.ToLookup(note => HasEnded(note, own, now));
        return new AttemptHistory(byEnd[true].Count(), byEnd[true].Count(note => note.IsAlone), byEnd[false].Any(note => note.IsAlone));
    }

    public static bool HasEnded(AttemptNote note, AttemptWorker own, DateTimeOffset now) =>
        now - note.WrittenAt > Silence || own.KnowsEnded(note.Worker);

    public bool IsDeadly(int startsLately) =>
        MayBeDeadly && (startsLately <= FewStarts || EndsAlone >= MostEnds || Ends >= MostEndsBesideOthers);
}
