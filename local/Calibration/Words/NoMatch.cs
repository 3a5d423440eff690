using System.Numerics.Tensors;
using Serverless.Embeddings;

namespace Local.Calibration.Words;

/// <summary>
/// Finds from which cosine, or which lead over the tenth nearest, words match a picture: what texts that describe none of them hardly ever
/// reach. No I/O.
/// </summary>
internal static class NoMatch
{
    /// <summary>With fewer pictures chance decides what is nearest.</summary>
    public const int LeastPictures = 100;

    /// <summary>Of the texts that describe nothing, the share that may pass for a match by either rule.</summary>
    private const double Passing = 0.02;

    private const int Compared = 10;

    private static readonly string[] Abstract =
    [
        "quarterly tax regulation",
        "the conjugation of irregular verbs",
        "interest rates of last year",
        "a proof by induction",
        "terms and conditions apply",
        "the meaning of irony",
        "minutes of the previous meeting",
        "compound interest",
        "a rumour about the merger",
        "the past perfect tense",
        "constitutional law",
        "a logarithm with base two",
        "seventeen percent",
        "unpaid overtime",
        "the square root of minus one",
        "a polite refusal",
        "statute of limitations",
        "double entry bookkeeping",
        "an unanswered question",
        "the day after tomorrow",
        "inflation adjusted",
        "monetary policy",
        "a conflict of interest",
        "purchase order number",
        "the rule of thumb",
    ];

    /// <summary>A hundred texts that describe no picture: some mean nothing that can be seen, the others nothing at all.</summary>
    public static IReadOnlyList<string> Texts { get; } = [.. Abstract, .. Nonsense(75)];

    /// <param name="pictures">Unit vectors of different pictures.</param>
    /// <param name="texts">Unit vectors of <see cref="Texts"/>.</param>
    /// <returns>Null if there are too few pictures.</returns>
    public static TextClarity? Of(IReadOnlyList<ReadOnlyMemory<float>> pictures, IReadOnlyList<ReadOnlyMemory<float>> texts)
    {
        if (pictures.Count < LeastPictures)
        {
            return null;
        }

        var nearest = texts
            .Select(text =>
                pictures.Select(picture => (double)TensorPrimitives.Dot(picture.Span, text.Span)).OrderDescending().Take(Compared)
            )
            .Select(cosines => cosines.ToArray())
            .ToList();
        return new TextClarity(
            Above(nearest.Select(cosines => cosines[0])),
            Above(nearest.Select(cosines => cosines[0] - cosines[Compared - 1]))
        );
    }

    /// <summary>The least number, in thousandths, that at most the allowed share reaches.</summary>
    private static double Above(IEnumerable<double> values)
    {
        var sorted = values.OrderDescending().ToList();
        return (Math.Floor(sorted[(int)(Passing * sorted.Count)] * 1000) + 1) / 1000;
    }

    private static List<string> Nonsense(int count)
    {
        string[] syllables = ["bla", "kro", "vix", "tum", "zel", "qua", "pho", "gri", "nep", "sto", "wuz", "yil"];
        var random = new Random(1);
        return Enumerable
            .Range(0, count)
            .Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Word())))
            .ToList();

        string Word() => string.Concat(Enumerable.Range(0, random.Next(2, 4)).Select(_ => syllables[random.Next(syllables.Length)]));
    }
}
