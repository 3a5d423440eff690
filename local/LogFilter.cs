using System.Text.RegularExpressions;

namespace Local;

/// <summary>
/// Makes a child's output fit for the console: warnings and worse, each once, and no stack traces. The log file has it all.
/// </summary>
internal sealed partial class LogFilter
{
    private const int LongestLine = 400;
    private bool showing;
    private string? last;

    /// <summary>What to show of a line of a console logger; null for nothing. Lines that belong to a warning are indented.</summary>
    public string? Pick(string line)
    {
        if (Level().Match(line) is { Success: true } level)
        {
            showing = level.Groups["level"].Value is "warn" or "fail" or "crit";
        }
        else if (!Continuation().IsMatch(line))
        {
            showing = false;
        }
        var picked = showing ? Readable(line) : null;
        if (picked is null || picked == last)
        {
            return null;
        }
        return last = picked;
    }

    /// <summary>The line without a stack trace and not too long; null when it is nothing but a part of a stack trace.</summary>
    public static string? Readable(string line)
    {
        var trace = StackTrace().Match(line);
        var readable = trace.Success ? line[..trace.Index].TrimEnd() : line;
        if (readable.Length == 0 || readable == "[app]")
        {
            return null;
        }
        return readable.Length <= LongestLine ? readable : readable[..LongestLine] + "…";
    }

    // "warn: Category[7] ...", where the app's output and the host's own lines have something in front.
    [GeneratedRegex(@"^(\d\d:\d\d:\d\d\S* )?(\[app\] )?(?<level>trce|dbug|info|warn|fail|crit): ")]
    private static partial Regex Level();

    [GeneratedRegex(@"^(\[app\] )?\s+\S")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"\s+(at [\w.<>`$]+[\w<>`\[\], ]*\(|---> |--- End of )")]
    private static partial Regex StackTrace();
}
