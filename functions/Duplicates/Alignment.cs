namespace Serverless.Duplicates;

/// <summary>The best placement of one 64 × 64 luma picture on another.</summary>
/// <param name="Correlation">Normalised correlation of the overlap, in [-1, 1].</param>
/// <param name="Agreement">Share of 8 × 8 blocks whose difference, after a fit of brightness and contrast, is noise; in [0, 1].</param>
/// <param name="Scale">Side of the part of the larger picture that the smaller one shows, relative to its side; 1 for no crop.</param>
/// <param name="OffsetX">Where that part begins, as a share of the width.</param>
/// <param name="OffsetY">Where that part begins, as a share of the height.</param>
public sealed record Alignment(double Correlation, double Agreement, double Scale, double OffsetX, double OffsetY);
