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

    /// <summary>Cosine at which two images count as alike. Default: the model's calibrated threshold.</summary>
    [AllowedRange(-1, 1)]
    public double? Threshold { get; set; }

    /// <summary>
    /// Cosine at which images are compared closely although they are below the threshold: their pixels may still show a copy. Default: the
    /// model's. A lower value finds more copies, at the cost of a comparison for each neighbour.
    /// </summary>
    [AllowedRange(-1, 1)]
    public double? CandidateThreshold { get; set; }

    /// <summary>
    /// Whether the pixels of the two originals must confirm a copy. False: the vectors alone decide, which also flags burst shots.
    /// </summary>
    public bool Confirm { get; set; } = true;

    /// <summary><c>enforce</c> (default) moves duplicates to quarantine; <c>shadow</c> records verdicts and moves nothing.</summary>
    [AllowedChoice(Enforce, Shadow)]
    public string Mode { get; set; } = Enforce;

    /// <summary>
    /// Which of several copies stays: <c>first</c> (default) keeps the first, and also a later one that shows more (finer detail, more of
    /// the scene); <c>best</c> makes a later copy that shows more, or is less compressed, go live, and then moves the poorer one to
    /// quarantine as its duplicate.
    /// </summary>
    [AllowedChoice(First, Best)]
    public string Keep { get; set; } = First;

    /// <summary>
    /// How to treat a picture that differs from another only by a mark (watermark, logo, caption, sticker): <c>separate</c> (default) as a
    /// look-alike, <c>accept</c> as a copy.
    /// </summary>
    [AllowedChoice(Separate, Accept)]
    public string Overlays { get; set; } = Separate;

    /// <summary>Minimum correlation of two aligned fingerprints of the same picture.</summary>
    [AllowedRange(0, 1)]
    public double MinCorrelation { get; set; } = 0.95;

    /// <summary>Minimum share of agreeing blocks; the rest leaves room for a watermark.</summary>
    [AllowedRange(0, 1)]
    public double MinAgreement { get; set; } = 0.85;

    /// <summary>Standard deviation of luma (0 to 255) below which a picture is flat, and never a copy on similarity alone.</summary>
    [AllowedRange(0, 128)]
    public double MinTexture { get; set; } = 4;

    /// <summary>
    /// Turned copies to search for: <c>none</c> (default; EXIF orientation is always applied first), <c>rotated</c> by 90, 180 and 270
    /// degrees, or <c>rotatedAndMirrored</c>. Each upload then takes 3 or 7 more embeddings.
    /// </summary>
    [AllowedChoice(None, Rotated, RotatedAndMirrored)]
    public string FindTurned { get; set; } = None;

    /// <summary>
    /// How long the search index may take to show a written document. For this time an image's announcement stands in for it; afterwards
    /// the image is checked once more.
    /// </summary>
    [AllowedRange("00:00:01", "01:00:00")]
    public TimeSpan VisibilityWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long an image that was put in the trash stays in quarantine before it is deleted for good. Until then it can be taken out.
    /// </summary>
    [AllowedRange("00:00:00", "3650.00:00:00")]
    public TimeSpan TrashRetention { get; set; } = TimeSpan.FromDays(30);

    internal bool Moves => Mode == Enforce;

    internal bool AcceptsOverlays => Overlays == Accept;

    internal bool KeepsBest => Keep == Best;
}
