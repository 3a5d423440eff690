using System.Globalization;

namespace Bench.Quality.Drawings;

/// <summary>Names, words, amounts and dates that nobody has.</summary>
internal static class Texts
{
    private static readonly string[] Common =
    [
        "account",
        "after",
        "again",
        "amount",
        "answer",
        "autumn",
        "before",
        "bridge",
        "captain",
        "centre",
        "copper",
        "corner",
        "could",
        "delivery",
        "during",
        "enclosed",
        "engine",
        "evening",
        "every",
        "figure",
        "follow",
        "garden",
        "harbour",
        "house",
        "however",
        "island",
        "january",
        "journey",
        "kitchen",
        "ladder",
        "letter",
        "manager",
        "market",
        "meeting",
        "minute",
        "morning",
        "nothing",
        "number",
        "office",
        "order",
        "paper",
        "payment",
        "people",
        "please",
        "question",
        "railway",
        "receive",
        "reply",
        "river",
        "school",
        "season",
        "second",
        "should",
        "signed",
        "silver",
        "station",
        "street",
        "summer",
        "system",
        "table",
        "thank",
        "through",
        "ticket",
        "today",
        "toward",
        "travel",
        "under",
        "until",
        "village",
        "water",
        "weather",
        "which",
        "window",
        "winter",
        "within",
        "without",
        "write",
        "yellow",
        "a",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "that",
        "the",
        "to",
        "was",
        "we",
        "with",
        "you",
    ];

    private static readonly string[] Names =
    [
        "Adler",
        "Bennet",
        "Carver",
        "Dawson",
        "Ellis",
        "Farrow",
        "Gibbs",
        "Harlan",
        "Iversen",
        "Jarvis",
        "Keller",
        "Lindqvist",
        "Mercer",
        "Norton",
        "Osborne",
        "Pryce",
        "Quill",
        "Rowan",
        "Sutter",
        "Thorne",
        "Ullman",
        "Vance",
        "Walcott",
        "Yates",
        "Zeller",
    ];

    private static readonly string[] Places =
    [
        "Ashford",
        "Brunswick",
        "Clayton",
        "Dorset",
        "Eastholm",
        "Fairview",
        "Granton",
        "Hillbrook",
        "Inverlow",
        "Kingsmead",
        "Larchmont",
        "Millport",
        "Northam",
        "Oakdene",
        "Pinehurst",
        "Redwater",
        "Stanmore",
        "Thornbury",
        "Westbrook",
    ];

    public static string Word(Random random) => Common[random.Next(Common.Length)];

    public static string Words(Random random, int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Word(random)));

    public static string Name(Random random) => Names[random.Next(Names.Length)];

    public static string Person(Random random) => $"{(char)('A' + random.Next(26))}. {Name(random)}";

    public static string Place(Random random) => Places[random.Next(Places.Length)];

    public static string Amount(Random random) => (random.Next(100, 999_999) / 100.0).ToString("N2", CultureInfo.InvariantCulture);

    public static string Number(Random random, int digits) =>
        string.Concat(Enumerable.Range(0, digits).Select(_ => (char)('0' + random.Next(10))));

    public static string Date(Random random) => $"{random.Next(1, 29):00}.{random.Next(1, 13):00}.20{random.Next(10, 27)}";

    public static string Time(Random random) => $"{random.Next(24):00}:{random.Next(60):00}";
}
