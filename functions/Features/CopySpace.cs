namespace Serverless.Features;

/// <summary>Where there is room for words: thirds of the picture in which nothing happens, beside something that does.</summary>
internal static class CopySpace
{
    private const int Side = CellGrid.Side;
    private const int Third = Side / 3;

    /// <summary>Spread within a calm cell, and its distance from the cells beside and below it.</summary>
    private const double CalmSpread = 0.03;
    private const double CalmStep = 0.05;

    private const double LeastCalm = 0.9;

    /// <summary>Share of the third that a subject may reach into.</summary>
    private const double MostSubject = 0.03;

    public static Places Of(CellGrid cells, Subject? subject)
    {
        // A picture in which nothing happens is no ground for words, it is empty.
        if (subject is not { } shown)
        {
            return Places.None;
        }

        var places = Places.None;
        foreach (
            var (place, third) in new[]
            {
                (Places.Left, new CellBox(0, 0, Third, Side)),
                (Places.Right, new CellBox(Side - Third, 0, Side, Side)),
                (Places.Top, new CellBox(0, 0, Side, Third)),
                (Places.Bottom, new CellBox(0, Side - Third, Side, Side)),
            }
        )
        {
            places |= Calm(cells, third) >= LeastCalm && Taken(third, shown) <= MostSubject ? place : Places.None;
        }

        return places;
    }

    private static double Calm(CellGrid cells, CellBox third)
    {
        var calm = 0;
        for (var y = third.Top; y < third.Bottom; y++)
        {
            for (var x = third.Left; x < third.Right; x++)
            {
                var (right, below) = (cells[Math.Min(x + 1, third.Right - 1), y], cells[x, Math.Min(y + 1, third.Bottom - 1)]);
                calm +=
                    cells.SpreadAt(x, y) < CalmSpread
                    && cells[x, y].DistanceTo(right) < CalmStep
                    && cells[x, y].DistanceTo(below) < CalmStep
                        ? 1
                        : 0;
            }
        }

        return calm / (double)(Third * Side);
    }

    private static double Taken(CellBox third, Subject subject)
    {
        const double side = Side;
        var across = Math.Min(third.Right / side, subject.Right) - Math.Max(third.Left / side, subject.Left);
        var down = Math.Min(third.Bottom / side, subject.Bottom) - Math.Max(third.Top / side, subject.Top);
        return Math.Max(0, across) * Math.Max(0, down) * side / Third;
    }
}
