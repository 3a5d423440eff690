namespace Serverless.Drawings;

/// <summary>Thins strokes to a width of one point with the two alternating rules of Guo and Hall (1989).</summary>
internal static class Thinning
{
    private static readonly bool[][] Removable = [Rule(0), Rule(1)];

    public static void Thin(Mask mask)
    {
        var (points, around) = (mask.Points, mask.Neighbours);
        var ink = mask.Ink();
        var gone = new List<int>();
        for (var (pass, idle) = (0, 0); idle < 2; pass ^= 1)
        {
            gone.Clear();
            var rule = Removable[pass];
            foreach (var at in ink)
            {
                if (rule[Ring(points, at, around)])
                {
                    gone.Add(at);
                }
            }

            foreach (var at in gone)
            {
                points[at] = 0;
            }

            idle = gone.Count == 0 ? idle + 1 : 0;
            if (gone.Count > 0)
            {
                ink.RemoveAll(at => points[at] == 0);
            }
        }
    }

    /// <summary>The neighbours as bits, from the right, clockwise.</summary>
    public static int Ring(byte[] points, int at, int[] around)
    {
        var ring = 0;
        for (var side = 0; side < 8; side++)
        {
            ring |= points[at + around[side]] << side;
        }

        return ring;
    }

    private static bool[] Rule(int pass)
    {
        var rule = new bool[256];
        for (var ring = 0; ring < 256; ring++)
        {
            // Guo and Hall count from above, clockwise: p2 above, p3 above right, p4 right, … p9 above left.
            bool P(int number) => ((ring >> ((number + 4) & 7)) & 1) != 0;
            static int One(bool value) => value ? 1 : 0;
            var crossings =
                One(!P(2) && (P(3) || P(4))) + One(!P(4) && (P(5) || P(6))) + One(!P(6) && (P(7) || P(8))) + One(!P(8) && (P(9) || P(2)));
            var pairs = One(P(9) || P(2)) + One(P(3) || P(4)) + One(P(5) || P(6)) + One(P(7) || P(8));
            var shifted = One(P(2) || P(3)) + One(P(4) || P(5)) + One(P(6) || P(7)) + One(P(8) || P(9));
            var blocked = pass == 0 ? (P(6) || P(7) || !P(9)) && P(8) : (P(2) || P(3) || !P(5)) && P(4);
            rule[ring] = crossings == 1 && Math.Min(pairs, shifted) is 2 or 3 && !blocked;
        }

        return rule;
    }
}
