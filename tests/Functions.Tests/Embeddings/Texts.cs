using System.Text;

namespace Functions.Tests.Embeddings;

/// <summary>Texts as people and attackers write them.</summary>
internal static class Texts
{
    public static string[] Corpus { get; } =
    [
        "a photo of a red car parked in front of the old town hall",
        "two dogs playing with a yellow ball on the green beach",
        "the quick brown fox jumps over the lazy dog",
        "Ein schöner Straßenzug mit Häusern im Frühling",
        "une crème brûlée à côté d'un café noir",
        "El niño comió una piñata en mañana",
        "Zażółć gęślą jaźń",
        "Съешь же ещё этих мягких французских булок",
        "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία ΟΔΟΣ ΣΟΦΟΣ",
        "نص حكيم له سر قاطع وذو شأن عظيم",
        "דג סקרן שט בים מאוכזב",
        "ऋषियों को सताने वाले दुष्ट राक्षसों",
        "東京の赤い車 と 白い犬",
        "敏捷的棕色狐狸跳过了懒狗",
        "다람쥐 헌 쳇바퀴에 타고파",
        "เป็นมนุษย์สุดประเสริฐ",
        "Tiếng Việt đẹp lắm",
        "İstanbul'da ılık bir gün ŞİŞE",
        "it's you're we've I'm they'll he'd don't",
        "price: $1,234.56 (50% off!) #sale @home 3½ ⅷ ② x²",
        "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🦓 🇩🇪 😀😀😀 ❤️",
        "𝒜 𝔅𝔠 𐐀𐐨 𠜎𠜱 𝟘𝟙 𞤀𞤢",
        "e\u0301 a\u0308\u0323 q\u0323\u0307 o\u0302\u0301 ﬁ ﬂ Å Å K Ω 가 각",
        "Ａｂｃ１２３ ｶﾞ ㍿ ℃ № ™ … — – “quoted” ‘single’ «guillemets»",
        "snake_case camelCase kebab-case C++ C# .NET v1.2.3 https://example.com/a?b=c&d=e",
        "zero​width a‍b‌c ­soft",
        "null\0byte bell\a tab\tnew\nline\r\nvt\vff\f del\u007f esc\u001b nel",
        "<html> &amp; &lt;b&gt; <|startoftext|>",
        "<pad> </s> <unk> <|endoftext|> [MASK]",
    ];

    /// <summary>Thousands of texts made of the corpus' words, letters and accidents.</summary>
    public static IReadOnlyList<string> Many(int count)
    {
        var random = new Random(2024);
        var words = Corpus.SelectMany(text => text.Split(' ')).ToArray();
        var runes = Corpus.SelectMany(text => text.EnumerateRunes()).ToArray();
        var texts = new List<string>(Corpus)
        {
            string.Empty,
            " ",
            "   leading and trailing   ",
            new('a', 5000),
            string.Concat(Enumerable.Repeat("word ", 900)),
            string.Concat(Enumerable.Repeat("🦓", 700)),
            new('!', 3000),
        };
        while (texts.Count < count)
        {
            var text = new StringBuilder();
            for (var parts = random.Next(1, 25); parts > 0; parts--)
            {
                text.Append(
                        random.Next(6) switch
                        {
                            0 => Letters(random, runes),
                            1 => Mixed(random, words[random.Next(words.Length)]),
                            2 => AnyLetter(random),
                            _ => words[random.Next(words.Length)],
                        }
                    )
                    .Append(
                        random.Next(5) == 0 ? string.Empty
                        : random.Next(12) == 0 ? "  \t"
                        : " "
                    );
            }

            texts.Add(text.ToString());
        }

        return texts;
    }

    private static string Letters(Random random, Rune[] runes) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => runes[random.Next(runes.Length)]));

    private static string Mixed(Random random, string word) =>
        string.Concat(word.EnumerateRunes().Select(rune => random.Next(2) == 0 ? Rune.ToUpperInvariant(rune) : rune));

    /// <summary>Any assigned code point, but for the two that JavaScript and everybody else disagree about being spaces.</summary>
    private static string AnyLetter(Random random)
    {
        while (true)
        {
            var value = random.Next(3) == 0 ? random.Next(0x10000, 0x20000) : random.Next(0x20, 0xFFFE);
            if (
                Rune.IsValid(value)
                && value is not (0x85 or 0xFEFF)
                && Rune.GetUnicodeCategory(new Rune(value)) != System.Globalization.UnicodeCategory.OtherNotAssigned
            )
            {
                return new Rune(value).ToString();
            }
        }
    }
}
