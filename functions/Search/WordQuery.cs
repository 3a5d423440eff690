using System.Globalization;
using System.Text;

namespace Serverless.Search;

/// <summary>
/// Turns a query's words into service queries. User input is never syntax: each word is a quoted phrase that it cannot end, and each
/// field's analyzer splits it.
/// </summary>
internal sealed class WordQuery
{
    private const int MaxTerms = 32;
    private const int MaxTermLength = 128;

    /// <summary>
    /// What an image with all the words gets besides its score, and once more if it has them as whole words: far more than the words
    /// themselves can bring, and little enough for a single-precision score to still tell these apart.
    /// </summary>
    private const float Bonus = 1 << 17;

    /// <summary>Filler words around what people look for. Ignored unless there is nothing else.</summary>
    private static readonly HashSet<string> Fillers = new(
        (
            "a an the of in on at to by for from with and or my our some any all photo photos picture pictures pic pics image images "
            + "taken showing "
            + "der die das den dem ein eine einen und mit von vom im am auf aus bei foto fotos bild bilder "
            + "le la les un une des de du et avec dans sur à au aux photographie "
            + "el los las una unos y con en del al imagen imágenes il lo gli i di da nel nella e su o os as um uma do no na"
        ).Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>The searched fields and their weights. Those with prefixes also find what begins as a word does.</summary>
    private static readonly (string Field, int Weight, bool HasPrefixes)[] Fields =
    [
        ("name", 6, true),
        ("keywords", 6, true),
        ("tagWords", 6, true),
        ("title", 5, true),
        ("caption", 4, false),
        ("altText", 4, false),
        ("headline", 4, true),
        ("description", 3, false),
        ("visibleText", 3, false),
        ("folderNames", 3, true),
        ("dates", 3, false),
        ("properties", 3, true),
        ("creator", 2, true),
        ("camera", 2, true),
        ("lens", 1, true),
        ("copyright", 1, false),
    ];

    private readonly string spelled;

    private WordQuery(IReadOnlyList<string> terms)
    {
        Terms = terms;
        spelled = Letters(string.Concat(terms));
        Any = string.Join(' ', terms.Select(term => $"words:\"{term}\"^4 {In(Fields, term)}"));
        Begun = terms.Count == 1 ? null : string.Join(' ', terms.Select(Begin));
        var begun = Begun is null ? "" : Rewarded(Begun);
        Ranked = $"{Any}{begun}{Rewarded(string.Join(' ', terms.Select(term => $"+words:\"{term}\"^0.01")))}";
    }

    public IReadOnlyList<string> Terms { get; }

    /// <summary>Full Lucene syntax: images with any of the words or prefixes; more and rarer ones count more.</summary>
    public string Any { get; }

    /// <summary>Images with all of the words or prefixes; null if that equals <see cref="Any"/>.</summary>
    public string? Begun { get; }

    /// <summary>
    /// As <see cref="Any"/>, but images with all of the words as whole words come first, and then those with all of them or their prefixes.
    /// </summary>
    public string Ranked { get; }

    /// <summary>Null if the text has no words.</summary>
    public static WordQuery? Of(string? text)
    {
        var terms = (DocumentWords.Plain(text) ?? "")
            .Split([' ', '/', '\\', '"', '<', '>', '|', ';'], StringSplitOptions.RemoveEmptyEntries)
            .Where(term => term.EnumerateRunes().Any(Rune.IsLetterOrDigit))
            .Select(term => term.Length <= MaxTermLength ? term : term[..MaxTermLength])
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MaxTerms)
            .ToList();
        var telling = terms.Where(term => !Fillers.Contains(term.Trim(',', '.', '!', '?', ':'))).ToList();
        return terms.Count == 0 ? null : new WordQuery(telling.Count > 0 ? telling : terms);
    }

    /// <summary>What the score of <see cref="Ranked"/> says.</summary>
    public Completeness Of(double score)
    {
        var bonuses = (int)(score / Bonus) + (Begun is null ? 1 : 0);
        return bonuses >= 2 ? Completeness.Whole
            : bonuses == 1 ? Completeness.Begun
            : Completeness.Partial;
    }

    /// <summary>Whether a name (with or without extension), title, keyword or tag equals the query.</summary>
    public bool IsWhole(ImageDocument document) =>
        new[] { document.Name, System.IO.Path.GetFileNameWithoutExtension(document.Name), document.Title }
            .Concat(document.Keywords)
            .Concat(document.Tags)
            .Any(value => value is not null && Letters(value).Equals(spelled, StringComparison.OrdinalIgnoreCase));

    private static string Rewarded(string required) => string.Create(CultureInfo.InvariantCulture, $" ({required} +*:*^{Bonus})");

    /// <summary>Whole words are all in one field; only prefixes need the others.</summary>
    private static string Begin(string term) => $"+(words:\"{term}\" {In(Fields.Where(field => field.HasPrefixes), term)})^0.01";

    private static string In(IEnumerable<(string Field, int Weight, bool HasPrefixes)> fields, string term) =>
        string.Join(' ', fields.Select(field => $"{field.Field}:\"{term}\"^{field.Weight}"));

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
