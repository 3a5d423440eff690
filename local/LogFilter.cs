namespace Local;

/// <summary>Picks what deserves the console from the lines of a console logger: warnings and worse, with what belongs to them.</summary>
internal sealed class LogFilter
{
    private static readonly string[] Shown = ["warn:", "fail:", "crit:"];
    private static readonly string[] Quiet = ["trce:", "dbug:", "info:"];
    private bool showing;

    public bool Shows(string line)
    {
        var text = line.StartsWith("[app] ", StringComparison.Ordinal) ? line["[app] ".Length..] : line;
        if (Shown.Any(level => text.StartsWith(level, StringComparison.Ordinal)))
        {
            showing = true;
        }
        else if (text.Length == 0 || !char.IsWhiteSpace(text[0]) || Quiet.Any(level => text.StartsWith(level, StringComparison.Ordinal)))
        {
            showing = false;
        }
        return showing;
    }
}
