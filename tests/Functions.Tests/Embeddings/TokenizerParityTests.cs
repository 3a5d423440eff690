using Serverless.Embeddings.Tokenization;
using Xunit;

namespace Functions.Tests.Embeddings;

public class TokenizerParityTests(TokenizerFolders folders, TransformersPeer peer)
    : IClassFixture<TokenizerFolders>,
        IClassFixture<TransformersPeer>
{
    [Theory]
    [InlineData("clip")]
    [InlineData("siglip")]
    [InlineData("gemma")]
    public Task Thousands_of_texts_give_the_same_ids_as_the_reference(string family) => CompareAsync(folders[family], folders[family]);

    [Fact]
    public Task Word_pieces_are_the_same_except_where_JavaScript_takes_an_ideograph_for_two_characters() =>
        CompareAsync(
            folders["bert"],
            folders["bert"],
            prepare: text => string.Concat(text.EnumerateRunes().Where(rune => rune.Value is < 0x20000 or > 0x2FA1F))
        );

    [Fact]
    public Task The_pair_of_older_files_gives_the_same_ids_as_the_newer_one() => CompareAsync(folders["clip-pair"], folders["clip"]);

    [Fact]
    public Task A_SentencePiece_file_gives_the_same_ids_as_its_JSON() =>
        // The JSON also normalises, which in the file would be a compiled map.
        CompareAsync(
            folders["siglip-model"],
            folders["siglip"],
            prepare: text => UnicodeNormalization.Normalize(text, compatible: true, compose: true)
        );

    [Fact]
    public Task The_default_model_gives_the_same_ids_as_the_reference()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "models", "default");
        return CompareAsync(folder, folder, closes: false);
    }

    private async Task CompareAsync(string ours, string theirs, bool closes = true, Func<string, string>? prepare = null)
    {
        var texts = Texts.Many(4000).Select(text => prepare?.Invoke(text) ?? text).ToArray();
        var tokenizer = TokenizerLoader.Load(ours);

        var reference = Array.ConvertAll(await peer.TokenizeAsync(theirs, texts), ids => Cut(ids, tokenizer.MaxLength, closes));

        var different = texts
            .Select((text, i) => (Text: text, Ours: tokenizer.Encode(text), Theirs: reference[i]))
            .Where(row => !row.Ours.SequenceEqual(row.Theirs))
            .ToArray();
        Assert.True(
            different.Length == 0,
            $"{different.Length} of {texts.Length} differ:\n"
                + string.Join(
                    '\n',
                    different
                        .Take(8)
                        .Select(row =>
                            $"{Escaped(row.Text)}\n  ours   {string.Join(' ', row.Ours)}\n  theirs {string.Join(' ', row.Theirs)}"
                        )
                )
        );
    }

    /// <summary>
    /// As Python cuts: the token that closes a text stays. JavaScript's own cut loses it, and CLIP reads its vector from there.
    /// </summary>
    private static int[] Cut(int[] ids, int length, bool closes) =>
        ids.Length <= length ? ids
        : closes ? [.. ids[..(length - 1)], ids[^1]]
        : ids[..length];

    private static string Escaped(string text) => System.Text.Json.JsonSerializer.Serialize(text[..Math.Min(text.Length, 200)]);
}
