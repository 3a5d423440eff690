using System.Text.Json;
using System.Text.RegularExpressions;

namespace Serverless.Embeddings.Tokenization;

internal sealed partial class TokenizerJson
{
    private IEnumerable<TextNormalizer> Normalizers(JsonElement? normalizer)
    {
        if (normalizer is not { } step)
        {
            return [];
        }

        return Text(step, "type") switch
        {
            "Sequence" => Required(step, "normalizers").EnumerateArray().SelectMany(part => Normalizers(part)),
            "Lowercase" => [new LowercaseNormalizer()],
            "BertNormalizer" => [Bert(step)],
            "NFC" => [new UnicodeNormalizer(Compatible: false, Compose: true)],
            "NFD" => [new UnicodeNormalizer(Compatible: false, Compose: false)],
            "NFKC" => [new UnicodeNormalizer(Compatible: true, Compose: true)],
            "NFKD" => [new UnicodeNormalizer(Compatible: true, Compose: false)],
            "StripAccents" => [new StripAccentsNormalizer()],
            "Precompiled" => [PrecompiledNormalizer.Read(path, Text(step, "precompiled_charsmap"))],
            "Strip" => [new StripNormalizer(Flag(step, "strip_left", true), Flag(step, "strip_right", true))],
            "Prepend" => [new PrependNormalizer(Text(step, "prepend"))],
            "Replace" => [Replace(step)],
            var type => throw Unknown("normalizer", type),
        };
    }

    /// <summary>Accents go with capitals unless the file says otherwise.</summary>
    private static BertNormalizer Bert(JsonElement step)
    {
        var lowercases = Flag(step, "lowercase", true);
        return new BertNormalizer(
            Flag(step, "clean_text", true),
            Flag(step, "handle_chinese_chars", true),
            Flag(step, "strip_accents", lowercases),
            lowercases
        );
    }

    private TextNormalizer Replace(JsonElement step)
    {
        var pattern = Required(step, "pattern");
        var content = Text(step, "content");
        return Optional(pattern, "String") is { } text
            ? new ReplaceText(text.GetString()!, content)
            : new ReplaceMatches(TokenizerRegex.Create(path, Text(pattern, "Regex")), content);
    }

    private IEnumerable<PreTokenizer> PreTokenizers(JsonElement? preTokenizer)
    {
        if (preTokenizer is not { } step)
        {
            return [];
        }

        return Text(step, "type") switch
        {
            "Sequence" => Required(step, "pretokenizers").EnumerateArray().SelectMany(part => PreTokenizers(part)),
            "Split" => [new SplitPreTokenizer(SplitPattern(step), Behavior(step), Flag(step, "invert"))],
            "ByteLevel" =>
            [
                new ByteLevelPreTokenizer(
                    Flag(step, "add_prefix_space"),
                    Flag(step, "use_regex", true) ? TokenizerRegex.Create(path, ByteLevelPreTokenizer.Pattern) : null
                ),
            ],
            "WhitespaceSplit" => [Splits(@"\S+", SplitBehavior.Removed, invert: true)],
            "BertPreTokenizer" =>
            [
                Splits(@"\s+", SplitBehavior.Removed, invert: false),
                Splits(@"[\p{P}!-/:-@\[-`{-~]", SplitBehavior.Isolated, invert: false),
            ],
            "Whitespace" => [Splits(@"\w+|[^\w\s]+", SplitBehavior.Removed, invert: true)],
            "Digits" => [Splits(@"\p{N}" + (Flag(step, "individual_digits") ? string.Empty : "+"), SplitBehavior.Isolated, invert: false)],
            "Punctuation" =>
            [
                Splits(
                    @"[\p{P}!-/:-@\[-`{-~]",
                    Optional(step, "behavior") is null ? SplitBehavior.Isolated : Behavior(step),
                    invert: false
                ),
            ],
            "Metaspace" => [new MetaspacePreTokenizer(Text(step, "replacement"), Prepends(step), Flag(step, "split", true))],
            var type => throw Unknown("pre_tokenizer", type),
        };
    }

    private static bool Prepends(JsonElement step) =>
        Optional(step, "prepend_scheme") is { } scheme ? scheme.GetString() != "never" : Flag(step, "add_prefix_space", true);

    private SplitPreTokenizer Splits(string pattern, SplitBehavior behavior, bool invert) =>
        new(TokenizerRegex.Create(path, pattern), behavior, invert);

    private Regex SplitPattern(JsonElement step)
    {
        var pattern = Required(step, "pattern");
        return TokenizerRegex.Create(
            path,
            Optional(pattern, "String") is { } text ? Regex.Escape(text.GetString()!) : Text(pattern, "Regex")
        );
    }

    private SplitBehavior Behavior(JsonElement step) =>
        Enum.TryParse<SplitBehavior>(Text(step, "behavior"), out var behavior)
            ? behavior
            : throw new ModelException(
                path,
                $"behavior is {Text(step, "behavior")}; allowed: {string.Join(", ", Enum.GetNames<SplitBehavior>())}."
            );
}
