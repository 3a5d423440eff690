using System.Text;
using System.Text.RegularExpressions;

namespace Serverless.Embeddings.Tokenization;

/// <summary>One step that rewrites the text before it is cut into words.</summary>
internal abstract record TextNormalizer
{
    public abstract string Apply(string text);
}

internal sealed record LowercaseNormalizer : TextNormalizer
{
    // U+0130 is the one letter whose lower case is two code points.
    public override string Apply(string text) => text.ToLowerInvariant().Replace("İ", "i\u0307", StringComparison.Ordinal);
}

internal sealed record StripNormalizer(bool Left, bool Right) : TextNormalizer
{
    public override string Apply(string text) => (Left, Right) switch
    {
        (true, true) => text.Trim(),
        (true, false) => text.TrimStart(),
        (false, true) => text.TrimEnd(),
        _ => text,
    };
}

internal sealed record PrependNormalizer(string Prefix) : TextNormalizer
{
    public override string Apply(string text) => text.Length == 0 ? text : Prefix + text;
}

internal sealed record ReplaceText(string Old, string New) : TextNormalizer
{
    public override string Apply(string text) => Old.Length == 0 ? text : text.Replace(Old, New, StringComparison.Ordinal);
}

internal sealed record ReplaceMatches(Regex Pattern, string New) : TextNormalizer
{
    public override string Apply(string text)
    {
        var result = new StringBuilder(text.Length);
        var at = 0;
        foreach (var (start, end) in Pattern.Spans(text))
        {
            result.Append(text, at, start - at).Append(New);
            at = end;
        }

        return at == 0 ? text : result.Append(text, at, text.Length - at).ToString();
    }
}
