using System.Globalization;
using System.Text;

namespace Serverless.Embeddings.Tokenization;

/// <summary>
/// Tokenizers' expressions work on code points; .NET's match UTF-16 units, and do not treat the halves of a letter beyond U+FFFF as
/// letters. So such text is matched in a shadow copy, with each code point beyond U+FFFF replaced by one rare character of the same
/// category.
/// </summary>
internal sealed class CodePoints
{
    private readonly int[]? offsets;

    public CodePoints(string text)
    {
        Shadow = text;
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return;
        }

        var shadow = new StringBuilder(text.Length);
        var starts = new List<int>(text.Length + 1);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            starts.Add(at);
            shadow.Append(rune.IsBmp ? (char)rune.Value : StandIn(Rune.GetUnicodeCategory(rune)));
            at += rune.Utf16SequenceLength;
        }

        starts.Add(at);
        Shadow = shadow.ToString();
        offsets = [.. starts];
    }

    public string Shadow { get; }

    /// <summary>Maps a position in the shadow to the text.</summary>
    public int Offset(int position) => offsets is null ? position : offsets[position];

    private static char StandIn(UnicodeCategory category) =>
        category switch
        {
            UnicodeCategory.UppercaseLetter => '\uA726',
            UnicodeCategory.LowercaseLetter => '\uA727',
            UnicodeCategory.ModifierLetter => '\uA9CF',
            UnicodeCategory.OtherLetter => '\uA984',
            UnicodeCategory.NonSpacingMark => '\uA980',
            UnicodeCategory.SpacingCombiningMark => '\uA983',
            UnicodeCategory.EnclosingMark => '\uA670',
            UnicodeCategory.DecimalDigitNumber => '\uA9D0',
            UnicodeCategory.LetterNumber => '\uA6E6',
            UnicodeCategory.OtherNumber => '\uA830',
            UnicodeCategory.MathSymbol => '\u29FB',
            UnicodeCategory.CurrencySymbol => '\uA838',
            UnicodeCategory.ModifierSymbol => '\uA720',
            UnicodeCategory.OtherSymbol => '\uA836',
            UnicodeCategory.OtherPunctuation => '\uA9C1',
            UnicodeCategory.DashPunctuation => '\u2E17',
            UnicodeCategory.Format => '\u2061',
            UnicodeCategory.PrivateUse => '\uE000',
            _ => '\u0378', // never assigned
        };
}
