using System.Globalization;
using System.Text;

namespace Serverless.Embeddings.Tokenization;

/// <summary>BERT's cleaning of text: no control characters, plain spaces, ideographs apart, and where asked no accents and no
/// capitals.</summary>
internal sealed record BertNormalizer(bool CleansText, bool SplitsIdeographs, bool StripsAccents, bool Lowercases) : TextNormalizer
{
    private static readonly LowercaseNormalizer Lower = new();

    public override string Apply(string text)
    {
        text = CleansText ? Clean(text) : text;
        text = SplitsIdeographs ? Split(text) : text;
        text = StripsAccents ? WithoutAccents(text) : text;
        return Lowercases ? Lower.Apply(text) : text;
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // A vertical tab and a form feed are control characters first.
            if (rune.Value is '\t' or '\n' or '\r' || (Rune.IsWhiteSpace(rune) && !IsControl(rune)))
            {
                clean.Append(' ');
            }
            else if (rune.Value != 0xFFFD && !IsControl(rune))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    private static bool IsControl(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.Surrogate;

    private static string Split(string text)
    {
        var split = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            split.Append(IsIdeograph(rune.Value) ? $" {rune} " : rune.ToString());
        }

        return split.ToString();
    }

    /// <summary>The blocks that BERT names; kana and Hangul are not among them.</summary>
    private static bool IsIdeograph(int point) =>
        point
            is (>= 0x4E00 and <= 0x9FFF)
                or (>= 0x3400 and <= 0x4DBF)
                or (>= 0x20000 and <= 0x2A6DF)
                or (>= 0x2A700 and <= 0x2B73F)
                or (>= 0x2B740 and <= 0x2B81F)
                or (>= 0x2B920 and <= 0x2CEAF)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x2F800 and <= 0x2FA1F);

    private static string WithoutAccents(string text) =>
        string.Concat(
            UnicodeNormalization
                .Normalize(text, compatible: false, compose: false)
                .EnumerateRunes()
                .Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
        );
}
