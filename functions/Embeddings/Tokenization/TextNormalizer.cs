using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Serverless.Embeddings.Tokenization;

/// <summary>One step that rewrites the text before it is split into words.</summary>
internal abstract record TextNormalizer
{
    public abstract string Apply(string text);
}

internal sealed record UnicodeNormalizer(bool Compatible, bool Compose) : TextNormalizer
{
    public override string Apply(string text) => UnicodeNormalization.Normalize(text, Compatible, Compose);
}

internal sealed record LowercaseNormalizer : TextNormalizer
{
    // Two letters do not map one to one: a sigma depends on its position, and the dotted I becomes two code points.
    public override string Apply(string text) =>
        FinalSigma(text.ToLowerInvariant(), text).Replace("İ", "i\u0307", StringComparison.Ordinal);

    private static string FinalSigma(string lower, string original)
    {
        if (!original.Contains('Σ', StringComparison.Ordinal))
        {
            return lower;
        }

        var letters = lower.ToCharArray();
        for (var i = original.IndexOf('Σ', StringComparison.Ordinal); i >= 0; i = original.IndexOf('Σ', i + 1))
        {
            if (NextToLetter(original, i, -1) && !NextToLetter(original, i, 1))
            {
                letters[i] = 'ς';
            }
        }

        return new string(letters);
    }

    private static bool NextToLetter(string text, int at, int step)
    {
        var runes = step > 0 ? text[(at + 1)..].EnumerateRunes().AsEnumerable() : text[..at].EnumerateRunes().Reverse();
        foreach (var rune in runes)
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter:
                    return true;
                case UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format
                or UnicodeCategory.ModifierLetter
                or UnicodeCategory.ModifierSymbol:
                    continue;
                case var _ when "'.:·\u2018\u2019\u2024".Contains(rune.ToString(), StringComparison.Ordinal):
                    continue;
                default:
                    return false;
            }
        }

        return false;
    }
}

internal sealed record StripAccentsNormalizer : TextNormalizer
{
    public override string Apply(string text) =>
        string.Concat(
            text.EnumerateRunes()
                .Where(rune =>
                    Rune.GetUnicodeCategory(rune)
                        is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
                )
        );
}

internal sealed record StripNormalizer(bool Left, bool Right) : TextNormalizer
{
    public override string Apply(string text) =>
        (Left, Right) switch
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
