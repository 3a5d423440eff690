namespace Serverless.Embeddings.Tokenization;

internal sealed record AddedToken(int Id, string Content, bool SingleWord, bool LeftStrip, bool RightStrip, bool Normalized);

/// <summary>Finds tokens that are matched literally anywhere in the text.</summary>
internal sealed class AddedTokens(IReadOnlyList<AddedToken> tokens)
{
    /// <summary>The pieces in order: tokens, and text between tokens.</summary>
    public IEnumerable<(AddedToken? Token, string Text)> Split(string text)
    {
        var at = 0;
        while (Next(text, at) is var (start, end, token))
        {
            if (start > at)
            {
                yield return (null, text[at..start]);
            }

            yield return (token, token.Content);
            at = end;
        }

        if (at < text.Length)
        {
            yield return (null, text[at..]);
        }
    }

    private (int Start, int End, AddedToken Token)? Next(string text, int from)
    {
        (int Start, int End, AddedToken Token)? best = null;
        foreach (var token in tokens)
        {
            var start = Find(text, from, token);
            if (
                start >= 0
                && (
                    best is null
                    || start < best.Value.Start
                    || (start == best.Value.Start && token.Content.Length > best.Value.Token.Content.Length)
                )
            )
            {
                best = (start, start + token.Content.Length, token);
            }
        }

        if (best is not var (first, last, found))
        {
            return null;
        }

        while (found.LeftStrip && first > from && char.IsWhiteSpace(text[first - 1]))
        {
            first--;
        }

        while (found.RightStrip && last < text.Length && char.IsWhiteSpace(text[last]))
        {
            last++;
        }

        return (first, last, found);
    }

    private static int Find(string text, int from, AddedToken token)
    {
        if (token.Content.Length == 0)
        {
            return -1;
        }

        var start = text.IndexOf(token.Content, from, StringComparison.Ordinal);
        while (start >= 0 && token.SingleWord && !StandsAlone(text, start, start + token.Content.Length))
        {
            start = text.IndexOf(token.Content, start + 1, StringComparison.Ordinal);
        }

        return start;
    }

    private static bool StandsAlone(string text, int start, int end) =>
        (start == 0 || !IsWord(text[start - 1])) && (end == text.Length || !IsWord(text[end]));

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character == '_';
}
