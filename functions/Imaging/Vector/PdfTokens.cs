using UglyToad.PdfPig.Tokenization.Scanner;
using UglyToad.PdfPig.Tokens;

namespace Serverless.Imaging.Vector;

/// <summary>Reads a PDF's objects, whether they are in place or referred to.</summary>
internal static class PdfTokens
{
    /// <summary>What a token stands for; null if the reference leads nowhere.</summary>
    public static IToken? Resolve(this IPdfTokenScanner scanner, IToken token) =>
        token is IndirectReferenceToken reference ? scanner.Get(reference.Data)?.Data : token;

    /// <summary>A dictionary within another one; null if there is none.</summary>
    public static DictionaryToken? Dictionary(this IPdfTokenScanner scanner, DictionaryToken within, NameToken name) =>
        within.TryGet(name, out var token) ? scanner.Resolve(token) as DictionaryToken : null;
}
