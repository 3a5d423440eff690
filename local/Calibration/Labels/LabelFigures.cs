using Serverless.Labels;

namespace Local.Calibration.Labels;

/// <summary>A label on the half of the pictures that its threshold was not chosen on.</summary>
/// <param name="Threshold">Null where no certainty was right often enough.</param>
/// <param name="Given">Pictures that get it.</param>
/// <param name="Right">Those of them that are said to show it.</param>
/// <param name="Of">Pictures that are said to show it, in both halves.</param>
internal sealed record LabelFigures(LabelKind Kind, string Name, double? Threshold, int Given, int Right, int Of)
{
    public double Precision => Given == 0 ? 0 : (double)Right / Given;
}
