using System.Buffers.Binary;
using System.Text;

namespace Serverless.Embeddings.Tokenization;

/// <summary>
/// Reads a unigram SentencePiece model file, with the other steps of SigLIP's tokenizer: lower case, no ASCII punctuation, single spaces.
/// </summary>
internal static class SentencePieceModel
{
    public const string FileName = "spiece.model";

    private const int Unigram = 1;
    private const int Unknown = 2;
    private const string Punctuation = @"[!""#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]";
    private const string Space = "▁";

    public static TextTokenizerParts Load(string folder)
    {
        var path = ModelFile.Existing(Path.Combine(folder, FileName));
        var file = File.ReadAllBytes(path);
        try
        {
            return Read(path, file);
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException or InvalidDataException)
        {
            throw new ModelException(path, "not a SentencePiece model, or cut short.", exception);
        }
    }

    private static TextTokenizerParts Read(string path, byte[] file)
    {
        var (pieces, unknown, map) = (new List<(string Piece, double Score)>(), -1, ReadOnlyMemory<byte>.Empty);
        foreach (var (field, _, content) in Fields(file))
        {
            switch (field)
            {
                case 1:
                    var (piece, score, type) = Piece(content);
                    unknown = type == Unknown ? pieces.Count : unknown;
                    pieces.Add((piece, score));
                    break;
                case 2 when Fields(content).FirstOrDefault(part => part.Field == 3).Number is not (0 or Unigram) and var kind:
                    throw new ModelException(path, $"a model of kind {kind} is not supported; only unigram (1) is.");
                case 3:
                    map = Fields(content).FirstOrDefault(part => part.Field == 2).Content;
                    break;
            }
        }

        var end = pieces.FindIndex(entry => entry.Piece == "</s>");
        return unknown >= 0 && end >= 0
            ? new TextTokenizerParts(
                new UnigramModel(pieces, unknown),
                [.. Normalizers(path, map)],
                [new MetaspacePreTokenizer(Space, Prepend: true, Cut: true)],
                [Special(end, "</s>"), Special(unknown, pieces[unknown].Piece)],
                [],
                [end]
            )
            : throw new ModelException(path, "the model has no piece for unknown text, or none (</s>) that ends a text.");
    }

    private static IEnumerable<TextNormalizer> Normalizers(string path, ReadOnlyMemory<byte> map)
    {
        if (!map.IsEmpty)
        {
            yield return PrecompiledNormalizer.Read(path, map.Span);
        }

        yield return new LowercaseNormalizer();
        yield return new ReplaceMatches(TokenizerRegex.Create(path, Punctuation), string.Empty);
        yield return new ReplaceMatches(TokenizerRegex.Create(path, @"\s+"), " ");
        yield return new StripNormalizer(Left: true, Right: true);
    }

    private static (string Piece, float Score, long Type) Piece(ReadOnlyMemory<byte> content)
    {
        var (piece, score, type) = (string.Empty, 0f, 1L);
        foreach (var part in Fields(content))
        {
            switch (part.Field)
            {
                case 1:
                    piece = Encoding.UTF8.GetString(part.Content.Span);
                    break;
                case 2:
                    score = BinaryPrimitives.ReadSingleLittleEndian(part.Content.Span);
                    break;
                case 3:
                    type = part.Number;
                    break;
            }
        }

        return (piece, score, type);
    }

    private static AddedToken Special(int id, string content) =>
        new(id, content, SingleWord: false, LeftStrip: false, RightStrip: false, Normalized: false);

    /// <summary>The fields of a protobuf message in order.</summary>
    private static IEnumerable<(int Field, long Number, ReadOnlyMemory<byte> Content)> Fields(ReadOnlyMemory<byte> message)
    {
        var at = 0;
        while (at < message.Length)
        {
            var key = Varint(message.Span, ref at);
            var wire = (int)(key & 7);
            var number = wire is 0 or 2 ? Varint(message.Span, ref at) : 0;
            var length = wire switch
            {
                0 => 0,
                1 => 8,
                2 => (int)number,
                5 => 4,
                _ => throw new InvalidDataException("an unknown wire type"),
            };
            yield return ((int)(key >> 3), number, message.Slice(at, length));
            at += length;
        }
    }

    private static long Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0L;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = bytes[at++];
            value |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number without end");
    }
}
