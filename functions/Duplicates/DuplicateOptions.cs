using System.ComponentModel.DataAnnotations;

namespace Serverless.Duplicates;

/// <summary>What happens to a duplicate.</summary>
public enum DuplicateMode
{
    /// <summary>Duplicates are moved to quarantine.</summary>
    Enforce,

    /// <summary>Verdicts are recorded and nothing is moved.</summary>
    Shadow,
}

/// <summary>Section <c>Duplicates</c>.</summary>
public sealed class DuplicateOptions
{
    /// <summary>Cosine from which on two images are alike. Absent: the model's calibrated threshold.</summary>
    [Range(-1.0, 1.0, ErrorMessage = "Duplicates:Threshold must be a cosine, from -1 to 1.")]
    public double? Threshold { get; set; }

    /// <summary>Whether a copy must be confirmed by its pixels. False: the vectors alone decide, which flags burst shots too.</summary>
    public bool Confirm { get; set; } = true;

    /// <summary><c>enforce</c> (default) or <c>shadow</c>.</summary>
    [EnumDataType(typeof(DuplicateMode), ErrorMessage = "Duplicates:Mode must be 'enforce' or 'shadow'.")]
    public DuplicateMode Mode { get; set; } = DuplicateMode.Enforce;

    /// <summary>Bits of 64 by which the perceptual hashes of a copy may differ.</summary>
    [Range(0, 32, ErrorMessage = "Duplicates:MaxHashDistance must be from 0 to 32 bits.")]
    public int MaxHashDistance { get; set; } = 10;

    /// <summary>Correlation from which on two aligned luma pictures show the same.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Duplicates:MinCorrelation must be from 0 to 1.")]
    public double MinCorrelation { get; set; } = 0.95;

    /// <summary>Share of blocks that must agree; the rest is room for a watermark.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Duplicates:MinAgreement must be from 0 to 1.")]
    public double MinAgreement { get; set; } = 0.85;

    /// <summary>Standard deviation of luma (0 to 255) below which a picture is flat, and never a copy on similarity alone.</summary>
    [Range(0.0, 128.0, ErrorMessage = "Duplicates:MinTexture must be from 0 to 128.")]
    public double MinTexture { get; set; } = 4;

    /// <summary>
    /// How long the search index may take to show what was written. Until it has passed since an image was settled, its
    /// announcement stands in for it; then the image is checked once more.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Duplicates:VisibilityWindow must be from 00:00:01 to 01:00:00.")]
    public TimeSpan VisibilityWindow { get; set; } = TimeSpan.FromMinutes(1);
}
