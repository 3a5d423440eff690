using Serverless.Settings;

namespace Serverless.Duplicates;

/// <summary>Section <c>Duplicates</c>.</summary>
[SettingsSection(Section)]
public sealed class DuplicateOptions
{
    public const string Section = "Duplicates";
    internal const string Enforce = "enforce";
    internal const string Shadow = "shadow";
    internal const string First = "first";
    internal const string Best = "best";
    internal const string Separate = "separate";
    internal const string Accept = "accept";
    internal const string None = "none";
    internal const string Rotated = "rotated";
    internal const string RotatedAndMirrored = "rotatedAndMirrored";

    /// <summary>Cosine from which on two images are alike. Absent: the model's calibrated threshold.</summary>
    [AllowedRange(-1, 1)]
    public double? Threshold { get; set; }

    /// <summary>
    /// Cosine from which on an image is looked at closely, though it is less alike than the threshold: its pixels may still show
    /// a copy. Absent: the model's. Lower finds more copies, and costs a comparison for each neighbour.
    /// </summary>
    [AllowedRange(-1, 1)]
    public double? CandidateThreshold { get; set; }

    /// <summary>
    /// Whether a copy must be confirmed by the pixels of the two originals. False: the vectors alone decide, which flags burst shots too.
    /// </summary>
    public bool Confirm { get; set; } = true;

    /// <summary><c>enforce</c> (default) moves duplicates to quarantine; <c>shadow</c> records verdicts and moves nothing.</summary>
    [AllowedChoice(Enforce, Shadow)]
    public string Mode { get; set; } = Enforce;

    /// <summary>
    /// Which of several copies stays: <c>first</c> (default), and a later one that shows more (finer detail, more of the scene)
    /// stays beside it; or <c>best</c>: a later copy that shows more, or is less compressed, goes live, and then the poorer one
    /// is moved to quarantine as a duplicate of it.
    /// </summary>
    [AllowedChoice(First, Best)]
    public string Keep { get; set; } = First;

    /// <summary>
    /// What a picture is that differs from another only by a mark on one of them (watermark, logo, caption, sticker):
    /// <c>separate</c> (default), a look-alike; or <c>accept</c>, a copy.
    /// </summary>
    [AllowedChoice(Separate, Accept)]
    public string Overlays { get; set; } = Separate;

    /// <summary>Correlation from which on two aligned luma pictures show the same.</summary>
    [AllowedRange(0, 1)]
    public double MinCorrelation { get; set; } = 0.95;

    /// <summary>Share of blocks that must agree; the rest is room for a watermark.</summary>
    [AllowedRange(0, 1)]
    public double MinAgreement { get; set; } = 0.85;

    /// <summary>Standard deviation of luma (0 to 255) below which a picture is flat, and never a copy on similarity alone.</summary>
    [AllowedRange(0, 128)]
    public double MinTexture { get; set; } = 4;

    /// <summary>
    /// Which turned copies are looked for: <c>none</c> (default; EXIF orientation is always applied first), <c>rotated</c> by 90,
    /// 180 and 270 degrees, or <c>rotatedAndMirrored</c>. Each upload is then embedded 3 or 7 times more.
    /// </summary>
    [AllowedChoice(None, Rotated, RotatedAndMirrored)]
    public string FindTurned { get; set; } = None;

    /// <summary>
    /// How long the search index may take to show what was written. Until it has passed since an image was settled, its
    /// announcement stands in for it; then the image is checked once more.
    /// </summary>
    [AllowedRange("00:00:01", "01:00:00")]
    public TimeSpan VisibilityWindow { get; set; } = TimeSpan.FromMinutes(1);

    internal bool Moves => Mode == Enforce;

    internal bool AcceptsOverlays => Overlays == Accept;

    internal bool KeepsBest => Keep == Best;
}
