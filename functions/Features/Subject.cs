namespace Serverless.Features;

/// <summary>How much of a picture its subject takes.</summary>
internal enum Framing
{
    CloseUp,
    Medium,
    Wide,
}

/// <summary>What stands out of a picture, as shares of its sides.</summary>
/// <param name="Certainty">How much it stands out, 0 to 1.</param>
internal readonly record struct Subject(double Left, double Top, double Right, double Bottom, double Certainty)
{
    private const double CloseUpArea = 0.4;
    private const double WideArea = 0.1;

    public double Area => (Right - Left) * (Bottom - Top);

    public Framing Framing =>
        Area >= CloseUpArea ? Framing.CloseUp
        : Area <= WideArea ? Framing.Wide
        : Framing.Medium;

    /// <summary>Where its middle is, of nine places: one side, two for a corner, <see cref="Places.Center"/> for none.</summary>
    public Places Place
    {
        get
        {
            var place = Third(Left + Right, Places.Left, Places.Right) | Third(Top + Bottom, Places.Top, Places.Bottom);
            return place == Places.None ? Places.Center : place;
        }
    }

    /// <param name="twice">Twice the place of the middle.</param>
    private static Places Third(double twice, Places near, Places far) =>
        twice < 2.0 / 3 ? near
        : twice > 4.0 / 3 ? far
        : Places.None;
}
