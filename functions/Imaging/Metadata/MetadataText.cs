using System.Globalization;
using System.Text;

namespace Serverless.Imaging.Metadata;

/// <summary>Sanitises text from files: decoded, without control characters, bounded.</summary>
internal static class MetadataText
{
    /// <summary>Maximum characters: captions are paragraphs, not books.</summary>
    public const int MaxLength = 4000;

    public const int MaxNameLength = 256;
    public const int MaxKeywordLength = 128;
    public const int MaxKeywords = 256;

    private static readonly UTF8Encoding Strict = new(false, true);

    /// <summary>UTF-8 if valid, otherwise Western European, as older programs wrote.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);
        }
    }

    /// <summary>One line, within a length; null if nothing is left.</summary>
    public static string? Clean(string? text, int length = MaxLength)
    {
        if (text is null)
        {
            return null;
        }

        var clean = new StringBuilder(Math.Min(text.Length, length));
        var wasSpace = true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsSpace(rune))
            {
                wasSpace = true;
            }
            else if (IsShown(rune))
            {
                var space = wasSpace && clean.Length > 0 ? 1 : 0;
                if (clean.Length + space + rune.Utf16SequenceLength > length)
                {
                    break;
                }

                clean.Append(' ', space).Append(rune);
                wasSpace = false;
            }
        }

        return clean.Length == 0 ? null : clean.ToString();
    }

    public static string? Name(string? text) => Clean(text, MaxNameLength);

    public static IReadOnlyList<string> Keywords(IEnumerable<string?> keywords) =>
        [
            .. keywords
                .Select(keyword => Clean(keyword, MaxKeywordLength))
                .OfType<string>()
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(MaxKeywords),
        ];

    public static string? Names(IEnumerable<string?> names) =>
        Name(string.Join("; ", names.Select(Name).OfType<string>().Distinct(StringComparer.Ordinal).Take(MaxKeywords)));

    private static bool IsSpace(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value is < ' ' or 0x7F;

    /// <summary>
    /// No invisible characters, such as marks that change the writing direction; joiners within words are needed.
    /// </summary>
    private static bool IsShown(Rune rune) =>
        rune.Value is 0x200C or 0x200D
        || Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            );
}
