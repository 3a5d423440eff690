namespace Serverless.Features;

/// <summary>The colours around the edge of a picture, which what it shows stands out from.</summary>
internal sealed class GroundColours
{
    /// <summary>Cells of the ring that is looked at.</summary>
    private const int Ring = 2;

    private const int Groups = 4;
    private const double Apart = 0.08;

    /// <summary>Share of the ring that a colour of the ground has: less is a subject that reaches the edge.</summary>
    private const double LeastShare = 0.15;

    /// <summary>Distance in OKLab within which the ground is one colour; light that falls off is.</summary>
    private const double Uniform = 0.1;

    /// <summary>Share of the ring that has it, and the spread of its cells: a cut-out may reach one side.</summary>
    private const double UniformShare = 0.85;
    private const double UniformSpread = 0.02;

    private readonly OkLab[] colours;

    public GroundColours(CellGrid cells)
    {
        var ring = new List<WeightedColour>();
        for (var y = 0; y < CellGrid.Side; y++)
        {
            for (var x = 0; x < CellGrid.Side; x++)
            {
                if (CellGrid.IsAtEdge(x, y, Ring))
                {
                    ring.Add(new WeightedColour(cells[x, y], 1));
                }
            }
        }

        var groups = ColourClusters.Of([.. ring], Groups, Apart);
        Main = groups[0].Colour;
        colours = [.. groups.Where((group, place) => place == 0 || group.Weight >= LeastShare * ring.Count).Select(group => group.Colour)];
        IsUniform = IsOneColour(cells, ring.Count);
    }

    public OkLab Main { get; }

    /// <summary>Whether nearly all of the ring is smooth and of one colour.</summary>
    public bool IsUniform { get; }

    /// <summary>How far a colour is from those of the ground.</summary>
    public double DistanceTo(OkLab colour)
    {
        var nearest = double.MaxValue;
        foreach (var ground in colours)
        {
            nearest = Math.Min(nearest, ground.SquaredDistanceTo(colour));
        }

        return Math.Sqrt(nearest);
    }

    /// <summary>The same of each of the colours of a picture.</summary>
    public double[] DistancesTo(ReadOnlySpan<WeightedColour> bins)
    {
        var distances = new double[bins.Length];
        for (var i = 0; i < bins.Length; i++)
        {
            distances[i] = DistanceTo(bins[i].Colour);
        }

        return distances;
    }

    private bool IsOneColour(CellGrid cells, int count)
    {
        var uniform = 0;
        for (var y = 0; y < CellGrid.Side; y++)
        {
            for (var x = 0; x < CellGrid.Side; x++)
            {
                uniform +=
                    CellGrid.IsAtEdge(x, y, Ring) && cells[x, y].DistanceTo(Main) < Uniform && cells.SpreadAt(x, y) < UniformSpread ? 1 : 0;
            }
        }

        return uniform >= UniformShare * count;
    }
}
