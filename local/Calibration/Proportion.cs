namespace Local.Calibration;

/// <summary>A measured share with Wilson's 95 % interval, which also holds for few or no events.</summary>
internal readonly record struct Proportion(long Count, long Of)
{
    private const double Z = 1.959964;

    public double Value => Of == 0 ? double.NaN : (double)Count / Of;

    public double Low => Of == 0 ? 0 : Math.Max(0, Centre - Half);

    public double High => Of == 0 ? 1 : Math.Min(1, Centre + Half);

    private double Scale => 1 + (Z * Z / Of);

    private double Centre => (Value + (Z * Z / (2.0 * Of))) / Scale;

    private double Half => Z / Scale * Math.Sqrt((Value * (1 - Value) / Of) + (Z * Z / (4.0 * Of * Of)));

    /// <summary>How many must be counted without a single one before the interval ends at <paramref name="share"/>.</summary>
    public static long NeededFor(double share) => (long)Math.Ceiling(Z * Z * (1 - share) / share);
}
