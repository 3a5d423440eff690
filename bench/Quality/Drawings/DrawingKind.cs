namespace Bench.Quality.Drawings;

/// <summary>One kind of drawn picture.</summary>
/// <param name="Name">As tables show it.</param>
/// <param name="Count">Pairs that are made of it.</param>
/// <param name="Degrees">How much may differ, in turn.</param>
/// <param name="Draw">From a layout, contents and the size of the text in points; the layout never depends on the contents.</param>
internal sealed record DrawingKind(string Name, int Count, Degree[] Degrees, Func<Random, Fields, double, Sheet> Draw)
{
    private static readonly Degree[] Written =
    [
        Degree.OneCharacter,
        Degree.OneCharacter,
        Degree.OneField,
        Degree.SomeFields,
        Degree.EveryField,
    ];
    private static readonly Degree[] Shown = [Degree.OneField, Degree.OneField, Degree.SomeFields];
    private static readonly double[] TextSizes = [8, 10, 12, 14, 16, 20, 28, 40, 72];

    /// <summary>Largest difference of a channel, and in how many points, from which on another picture is one.</summary>
    private const int LeastDifference = 24;
    private const int LeastPoints = 6;

    public static DrawingKind[] All { get; } =
    [
        new("invoices", 200, Written, Invoices.Draw),
        new("letters", 160, Written, Letters.Draw),
        new("forms", 140, Written, Forms.Draw),
        new("tables", 200, Written, Tables.Draw),
        new("bar charts", 100, Shown, Charts.Bars),
        new("line charts", 80, Shown, Charts.Lines),
        new("pie charts", 60, Shown, Charts.Pie),
        new("chats", 120, Written, Chats.Draw),
        new("source code", 120, Written, SourceCode.Draw),
        new("tickets", 120, Written, Tickets.Draw),
        new("posters", 60, Written, Posters.Draw),
        new("chess boards", 90, Shown, Boards.Chess),
        new("boards of letters", 70, Shown, Boards.Words),
        new("number puzzles", 60, Shown, Boards.Numbers),
        new("maps", 100, Written, Maps.Draw),
        new("products in another colour", 140, [Degree.EveryField], Products.Draw),
        new("flags", 120, Shown, Flags.Draw),
        new("gradients", 80, Shown, Gradients.Draw),
        new("icons", 80, Shown, Icons.One),
        new("screens of icons", 60, Shown, Icons.Screen),
        new("line patterns", 120, [Degree.EveryField], Patterns.Draw),
        new("drawn faces", 100, Shown, Faces.Draw),
        new("clocks", 60, [Degree.OneField], Dials.Clock),
        new("dice", 50, [Degree.OneField], Dials.Dice),
        new("playing cards", 50, [Degree.OneField], Dials.Cards),
        new("barcodes", 60, [Degree.OneField], Codes.Bars),
        new("square codes", 60, [Degree.OneField], Codes.Squares),
        new("sheet music", 60, [Degree.OneField], Scores.Music),
        new("plans", 80, Written, Scores.Plan),
        new("line drawings", 80, [Degree.OneField], Scores.Lines),
        new("handwriting", 60, [Degree.OneField], Scores.Handwriting),
        new("settings", 60, [Degree.OneField], Screens.Settings),
        new("cursors", 60, [Degree.OneField], Screens.Cursors),
        new("pale print", 100, Written, Screens.Pale),
        new("keyboards", 60, [Degree.OneCharacter], Screens.Keyboard),
        new("crosswords", 80, Written, Screens.Crossword),
        new("heat maps in another palette", 60, [Degree.OneField], Measurements.Palette),
        new("heat maps", 60, Shown, Measurements.Spots),
        new("shades of grey", 60, [Degree.OneField], Measurements.Greys),
    ];

    /// <summary>The picture with a number: always the same one.</summary>
    public byte[] Picture(int index)
    {
        using var sheet = Draw(new Random(Seed(index)), new Fields(Seed(index)), TextSize(index));
        return sheet.Png();
    }

    /// <summary>That picture and another one of its layout.</summary>
    public (byte[] A, byte[] B, string What) Pair(int index) => Pair(index, TextSize(index), Degrees[index % Degrees.Length]);

    /// <summary>The same with text of one size, where so much differs.</summary>
    public (byte[] A, byte[] B, string What) Pair(int index, double size, Degree degree)
    {
        var seed = Seed(index);
        var fields = new Fields(seed);
        using var a = Draw(new Random(seed), fields, size);
        for (var attempt = 0; ; attempt++)
        {
            using var b = Draw(
                new Random(seed),
                new Fields(seed, degree, Changed(degree, fields.Count, Fields.HashCode(seed, 1_000_000 + attempt))),
                size
            );
            if (Differ(a.Points(), b.Points()) || attempt == 50)
            {
                return (a.Png(), b.Png(), $"{size} px, {Named(degree)}");
            }
        }
    }

    private int Seed(int index) => Fields.HashCode(Name.Aggregate(7, (hash, letter) => Fields.HashCode(hash, letter)), index);

    private double TextSize(int index) => TextSizes[(index / Degrees.Length) % TextSizes.Length];

    private static HashSet<int> Changed(Degree degree, int count, int seed)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new Random(seed).Shuffle(order);
        return
        [
            .. order.Take(
                degree switch
                {
                    Degree.SomeFields => Math.Max(2, count / 6),
                    Degree.EveryField => count,
                    _ => 1,
                }
            ),
        ];
    }

    private static bool Differ(byte[] a, byte[] b) =>
        a.Length != b.Length || a.Zip(b).Count(pair => Math.Abs(pair.First - pair.Second) >= LeastDifference) >= LeastPoints;

    private static string Named(Degree degree) =>
        degree switch
        {
            Degree.OneCharacter => "one character",
            Degree.OneField => "one thing",
            Degree.SomeFields => "some",
            _ => "everything",
        };
}
