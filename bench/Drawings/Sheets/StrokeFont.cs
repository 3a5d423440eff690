namespace Bench.Drawings.Sheets;

/// <summary>Letters of single lines, as plotters write them, on a grid of 4 × 6; no font is needed.</summary>
internal static class StrokeFont
{
    /// <summary>Places are column and row; a blank lifts the pen.</summary>
    private static readonly Dictionary<char, string> Letters = new()
    {
        ['A'] = "06204046 0343",
        ['B'] = "0600304142330313 334445360616",
        ['C'] = "4130100105163645",
        ['D'] = "06003041453606",
        ['E'] = "40000646 0333",
        ['F'] = "400006 0333",
        ['G'] = "4130100105163645 4323",
        ['H'] = "0006 4046 0343",
        ['I'] = "2026",
        ['K'] = "0006 400346",
        ['L'] = "000646",
        ['M'] = "0600234046",
        ['N'] = "06004640",
        ['O'] = "103041453616050110",
        ['P'] = "06003041423303",
        ['R'] = "06003041423303 2346",
        ['S'] = "413010010213334445361605",
        ['T'] = "0040 2026",
        ['U'] = "000516364540",
        ['V'] = "002640",
        ['W'] = "0016233640",
        ['X'] = "0046 4006",
        ['0'] = "103041453616050110",
        ['1'] = "112026 1636",
        ['2'] = "01103041420646",
        ['3'] = "0110304142334445361605 3313",
        ['4'] = "30044434 3036",
        ['5'] = "400002334345361605",
        ['6'] = "413010010516364544331303",
        ['7'] = "004016",
        ['8'] = "133342413010010213040516364544 33",
        ['9'] = "0516364541301001021333",
        ['.'] = "2526",
        [':'] = "2122 2526",
        ['-'] = "1333",
        ['/'] = "0640",
    };

    /// <summary>Writes from a place, the base line at its foot. Returns the width.</summary>
    public static double Write(Pen pen, string text, double x, double y, double height)
    {
        var unit = height / 6;
        var start = x;
        foreach (var letter in text)
        {
            foreach (var line in Letters.GetValueOrDefault(letter, "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var points = new (double X, double Y)[line.Length / 2];
                for (var i = 0; i < points.Length; i++)
                {
                    points[i] = (x + ((line[2 * i] - '0') * unit), y - height + ((line[(2 * i) + 1] - '0') * unit));
                }

                if (points.Length > 1)
                {
                    pen.Path(false, points);
                }
            }

            x += 5.5 * unit;
        }

        return x - start;
    }

    /// <summary>Words of a drawing office, the same for the same random numbers.</summary>
    public static string Words(Random random, int count)
    {
        string[] words = ["SCALE", "DATE", "DRAWN", "SHEET", "REV", "PLAN", "LEVEL", "DETAIL", "STEEL", "WOOD", "CHECKED", "ROOM", "PART"];
        return string.Join(
            ' ',
            Enumerable.Range(0, count).Select(_ => random.Next(3) == 0 ? $"{random.Next(10, 9999)}" : words[random.Next(words.Length)])
        );
    }
}
