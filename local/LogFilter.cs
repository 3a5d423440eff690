using System.Text.RegularExpressions;

namespace Local;

/// <summary>
/// Filters a child's output for the console: warnings and worse, each once, without stack traces. The log file has everything.
/// </summary>
internal sealed partial class LogFilter
{
    private const int LongestLine = 400;
    private bool showing;
    private string? last;

    /// <summary>The part of a console logger's line to show; null for none. Lines that belong to a warning are indented.</summary>
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

    /// <summary>The line, shortened and without a stack trace; null for a line of a stack trace.</summary>
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
