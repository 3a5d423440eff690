using System.Text;
using System.Text.Json.Nodes;
using Functions.Tests.Embeddings.Generated;

namespace Functions.Tests.Embeddings;

/// <summary>
/// Tokenizer files of the families that are read, in their published layout, over small vocabularies learned from
/// <see cref="Texts"/>. What differs from the real ones is only which pieces they know.
/// </summary>
public sealed class TokenizerFolders : IDisposable
{
    private const string Start = "<|startoftext|>";
    private const string End = "<|endoftext|>";

    private readonly string root = Directory.CreateTempSubdirectory("tokenizers-").FullName;

    public TokenizerFolders()
    {
        WriteClip();
        WriteSiglip();
        WriteGemma();
        BertTokenizer.Write(this["bert"]);
    }

    public string this[string name] => Path.Combine(root, name);

    public void Dispose() => Directory.Delete(root, recursive: true);

    private void WriteClip()
    {
        var characters = ByteCharacters();
        List<string> pieces = [.. characters, .. characters.Select(c => c + "</w>")];
        var words = Texts
            .Corpus.SelectMany(text => text.ToLowerInvariant().Split(' '))
            .Select(word =>
            {
                var bytes = Encoding.UTF8.GetBytes(word).Select(value => characters[value]).ToList();
                bytes[^1] += "</w>";
                return bytes;
            });
        var merges = PairLearner.Learn(words, 700);
        pieces.AddRange(merges.Select(merge => merge.Left + merge.Right).Distinct());
        pieces.AddRange([Start, End]);
        var vocabulary = new JsonObject(pieces.Select((piece, id) => KeyValuePair.Create(piece, (JsonNode?)id)));
        var config =
            $$"""{"tokenizer_class":"CLIPTokenizer","model_max_length":77,"pad_token":"{{End}}","bos_token":"{{Start}}","eos_token":"{{End}}","unk_token":"{{End}}"}""";
        Write(
            "clip",
            config,
            new JsonObject
            {
                ["version"] = "1.0",
                ["truncation"] = null,
                ["padding"] = null,
                ["added_tokens"] = new JsonArray(Added(pieces.Count - 2, Start, true), Added(pieces.Count - 1, End, false)),
                ["normalizer"] = JsonNode.Parse(
                    """{"type":"Sequence","normalizers":[{"type":"NFC"},"""
                        + """{"type":"Replace","pattern":{"Regex":"\\s+"},"content":" "},{"type":"Lowercase"}]}"""
                ),
                ["pre_tokenizer"] = JsonNode.Parse(
                    """
                    {"type":"Sequence","pretokenizers":[
                    {"type":"Split","pattern":{"Regex":"'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+"},"behavior":"Removed","invert":true},
                    {"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true}]}
                    """
                ),
                ["post_processor"] = JsonNode.Parse(
                    $$"""{"type":"RobertaProcessing","sep":["{{End}}",{{pieces.Count - 1}}],"cls":["{{Start}}",{{pieces.Count - 2}}],"trim_offsets":false,"add_prefix_space":false}"""
                ),
                ["decoder"] = null,
                ["model"] = new JsonObject
                {
                    ["type"] = "BPE",
                    ["dropout"] = null,
                    ["unk_token"] = End,
                    ["continuing_subword_prefix"] = "",
                    ["end_of_word_suffix"] = "</w>",
                    ["fuse_unk"] = false,
                    ["vocab"] = vocabulary,
                    ["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)$"{merge.Left} {merge.Right}")]),
                },
            }
        );
        Directory.CreateDirectory(this["clip-pair"]);
        File.WriteAllText(Path.Combine(this["clip-pair"], "vocab.json"), vocabulary.ToJsonString());
        File.WriteAllLines(
            Path.Combine(this["clip-pair"], "merges.txt"),
            ["#version: 0.2", .. merges.Select(merge => $"{merge.Left} {merge.Right}")]
        );
        File.WriteAllText(Path.Combine(this["clip-pair"], "tokenizer_config.json"), config);
    }

    /// <summary>All characters of some words, once each.</summary>
    public static IEnumerable<string> Characters(string[] words) =>
        words.SelectMany(word => word.EnumerateRunes()).Select(rune => rune.ToString()).Distinct(StringComparer.Ordinal);

    /// <summary>All parts of some words of two to five characters.</summary>
    /// <param name="inside">Before a part that does not begin its word.</param>
    public static IEnumerable<string> Fragments(string[] words, string inside = "") =>
        words.SelectMany(word =>
            Enumerable
                .Range(0, word.Length)
                .SelectMany(start =>
                    Enumerable
                        .Range(2, 4)
                        .Where(length => start + length <= word.Length)
                        .Select(length => string.Concat(start == 0 ? "" : inside, word.AsSpan(start, length)))
                )
        );

    private void WriteSiglip()
    {
        var random = new Random(5);
        var words = Texts
            .Corpus.SelectMany(text => text.ToLowerInvariant().Split(' '))
            .Select(word => "▁" + word)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        var pieces = Characters(words)
            .Where(c => random.Next(10) > 0 || c == "▁") // the rest stays unknown
            .Concat(Fragments(words).Where(_ => random.Next(3) == 0))
            .Distinct(StringComparer.Ordinal)
            .Where(piece => !char.IsSurrogate(piece[0]) || piece.Length == 2);
        var vocabulary = new JsonArray(Entry("<pad>", 0), Entry("</s>", 0), Entry("<unk>", 0));
        foreach (var piece in pieces)
        {
            vocabulary.Add(Entry(piece, (float)(-3 - (random.NextDouble() * 9) + piece.Length)));
        }

        WriteSentencePieces(vocabulary);
        Write(
            "siglip",
            """{"tokenizer_class":"SiglipTokenizer","model_max_length":64,"pad_token":"</s>","eos_token":"</s>","unk_token":"<unk>"}""",
            new JsonObject
            {
                ["version"] = "1.0",
                ["added_tokens"] = new JsonArray(Added(1, "</s>", false), Added(2, "<unk>", false)),
                ["normalizer"] = JsonNode.Parse(
                    """
                    {"type":"Sequence","normalizers":[{"type":"NFKC"},{"type":"Lowercase"},
                    {"type":"Replace","pattern":{"Regex":"[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~]"},"content":""},
                    {"type":"Replace","pattern":{"Regex":"\\s+"},"content":" "},{"type":"Strip","strip_left":true,"strip_right":true}]}
                    """
                ),
                ["pre_tokenizer"] = JsonNode.Parse("""{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}"""),
                ["post_processor"] = JsonNode.Parse(
                    """
                    {"type":"TemplateProcessing","single":[{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}}],
                    "pair":[{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}}],
                    "special_tokens":{"</s>":{"id":"</s>","ids":[1],"tokens":["</s>"]}}}
                    """
                ),
                ["decoder"] = null,
                ["model"] = new JsonObject
                {
                    ["type"] = "Unigram",
                    ["unk_id"] = 2,
                    ["vocab"] = vocabulary,
                },
            }
        );
    }

    /// <summary>The same pieces as SentencePiece itself stores them.</summary>
    private void WriteSentencePieces(JsonArray vocabulary)
    {
        var model = new Protobuf();
        foreach (var (id, entry) in vocabulary.Index())
        {
            model.Message(
                1,
                new Protobuf()
                    .Text(1, (string)entry![0]!)
                    .Real(2, (float)(double)entry[1]!)
                    .Number(
                        3,
                        id switch
                        {
                            0 or 1 => 3,
                            2 => 2,
                            _ => 1,
                        }
                    )
            );
        }

        Directory.CreateDirectory(this["siglip-model"]);
        using (var file = File.Create(Path.Combine(this["siglip-model"], "spiece.model")))
        {
            model.Message(2, new Protobuf().Number(3, 1)).CopyTo(file);
        }

        File.WriteAllText(Path.Combine(this["siglip-model"], "tokenizer_config.json"), """{"model_max_length":64,"pad_token":"</s>"}""");
    }

    /// <summary>The tokenizer of SigLIP 2: byte pairs over whole characters, with bytes for what is unknown.</summary>
    private void WriteGemma()
    {
        var words = Texts
            .Corpus.Select(text => text.ToLowerInvariant().Replace(' ', '▁'))
            .Select(text => text.EnumerateRunes().Select(rune => rune.ToString()).ToList())
            .ToArray();
        var merges = PairLearner.Learn(words, 500);
        List<string> pieces = ["<pad>", "<eos>", "<bos>", "<unk>", .. Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>")];
        pieces.AddRange(words.SelectMany(word => word).Distinct(StringComparer.Ordinal));
        pieces.AddRange(merges.Select(merge => merge.Left + merge.Right).Distinct());
        Write(
            "gemma",
            """{"tokenizer_class":"GemmaTokenizer","model_max_length":64,"pad_token":"<pad>","eos_token":"<eos>","bos_token":"<bos>","unk_token":"<unk>"}""",
            new JsonObject
            {
                ["version"] = "1.0",
                ["added_tokens"] = new JsonArray(
                    Added(0, "<pad>", false),
                    Added(1, "<eos>", false),
                    Added(2, "<bos>", false),
                    Added(3, "<unk>", false)
                ),
                ["normalizer"] = JsonNode.Parse(
                    """{"type":"Sequence","normalizers":[{"type":"Lowercase"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]}"""
                ),
                ["pre_tokenizer"] = JsonNode.Parse(
                    """{"type":"Split","pattern":{"String":" "},"behavior":"MergedWithPrevious","invert":false}"""
                ),
                ["post_processor"] = JsonNode.Parse(
                    """
                    {"type":"TemplateProcessing","single":[{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"<eos>","type_id":0}}],
                    "pair":[],"special_tokens":{"<eos>":{"id":"<eos>","ids":[1],"tokens":["<eos>"]}}}
                    """
                ),
                ["decoder"] = null,
                ["model"] = new JsonObject
                {
                    ["type"] = "BPE",
                    ["unk_token"] = "<unk>",
                    ["fuse_unk"] = true,
                    ["byte_fallback"] = true,
                    ["ignore_merges"] = false,
                    ["vocab"] = new JsonObject(pieces.Select((piece, id) => KeyValuePair.Create(piece, (JsonNode?)id))),
                    ["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)new JsonArray(merge.Left, merge.Right))]),
                },
            }
        );
    }

    private void Write(string name, string config, JsonObject tokenizer)
    {
        Directory.CreateDirectory(this[name]);
        File.WriteAllText(Path.Combine(this[name], "tokenizer.json"), tokenizer.ToJsonString());
        File.WriteAllText(Path.Combine(this[name], "tokenizer_config.json"), config);
    }

    private static JsonArray Entry(string piece, double score) => [piece, score];

    private static JsonObject Added(int id, string content, bool normalized) =>
        new()
        {
            ["id"] = id,
            ["content"] = content,
            ["single_word"] = false,
            ["lstrip"] = false,
            ["rstrip"] = false,
            ["normalized"] = normalized,
            ["special"] = true,
        };

    private static string[] ByteCharacters()
    {
        var next = 256;
        return
        [
            .. Enumerable
                .Range(0, 256)
                .Select(value =>
                    ((char)(value is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255) ? value : next++)).ToString()
                ),
        ];
    }
}
