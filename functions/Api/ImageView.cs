using System.Text.Json.Serialization;
using Serverless.Api.Description;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Search;

namespace Serverless.Api;

/// <summary>The record of an image as the API shows it.</summary>
/// <param name="Status"><c>waiting</c>: it cannot be judged now. In groups of duplicates also <c>processing</c> and <c>removed</c>.</param>
/// <param name="Verdict">The result of the duplicate check; null if there is none.</param>
/// <param name="DuplicateOf">The image it duplicates or resembles.</param>
/// <param name="Similarity">The cosine with that image.</param>
/// <param name="Threshold">The threshold at the time of the verdict.</param>
/// <param name="DecidedAt">When the verdict was reached.</param>
/// <param name="Reason">Why the file was rejected, or is waiting.</param>
/// <param name="Nearest">The nearest image, whatever the verdict.</param>
/// <param name="Metadata">Metadata of the file; null if it has none.</param>
/// <param name="AltText">Text to show instead of the picture; null if there is none.</param>
/// <param name="Description">A longer description.</param>
/// <param name="VisibleText">Text visible in the picture: a document's own text, then what a model read.</param>
/// <param name="Described">Who described it; null if nobody has.</param>
/// <param name="Features">Colours and composition; null if unknown.</param>
/// <param name="Labels">What the model says that it shows; told where a single image is asked for.</param>
/// <param name="TrashedAt">When it was put in the trash; null if it is not there.</param>
/// <param name="DeletedAfter">When it will be deleted for good; only in the answer to putting it there.</param>
/// <param name="Properties">Metadata of the blob, by name; null if it has none.</param>
/// <param name="Sheet">The document that this is a page of; absent for an upload.</param>
/// <param name="Page">The page's number, from 1; absent for an upload.</param>
/// <param name="Pages">Pages of the document; absent for a picture.</param>
/// <param name="Text">The page's text, as the document has it; absent where it has none.</param>
internal sealed record ImageView(
    string Id,
    string Path,
    [property: Choices("indexed", "quarantined", "rejected", "waiting", "processing", "removed", "setAside")] string Status,
    [property: Choices<Verdict>] string? Verdict,
    ImageReference? DuplicateOf,
    double? Similarity,
    Evidence? Evidence,
    string? Model,
    double? Threshold,
    int? Width,
    int? Height,
    [property: Choices<ImageFormat>] string? Format,
    long Bytes,
    string? Sha256,
    DateTime? UploadedAt,
    DateTime? DecidedAt,
    IReadOnlyList<string> Tags,
    string? Reason,
    ImageReference? Nearest,
    MetadataView? Metadata = null,
    IReadOnlyDictionary<string, string>? Properties = null,
    string? AltText = null,
    string? Description = null,
    string? VisibleText = null,
    DescribedView? Described = null,
    FeaturesView? Features = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LabelsView? Labels = null,
    DateTime? TrashedAt = null,
    DateTime? DeletedAfter = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImageReference? Sheet = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Page = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Pages = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text = null
)
{
    /// <summary>The view of a settled or waiting image; null while it is being processed, or after it is gone.</summary>
    public static ImageView? Of(ImageRecord record)
    {
        var status = record.State switch
        {
            ImageState.Indexed => "indexed",
            ImageState.Quarantined or ImageState.Restoring => "quarantined",
            ImageState.Rejected => "rejected",
            ImageState.Waiting or ImageState.Quarantining when record.WaitingSince is not null => "waiting",
            _ => null,
        };
        return status is null
            ? null
            : new ImageView(
                record.Id,
                record.Path.ToString(),
                status,
                record.Verdict is { } verdict ? Names.Of(verdict) : null,
                record.DuplicateOf is { } other ? new ImageReference(other.Id, other.ToString()) : null,
                record.Similarity,
                record.Evidence,
                record.Model,
                record.Threshold,
                record.Format is null ? null : record.Width,
                record.Format is null ? null : record.Height,
                record.Format is { } format ? Names.Of(format) : null,
                record.Bytes,
                record.Sha256,
                record.UploadedAt == default ? null : record.UploadedAt.UtcDateTime,
                record.DecidedAt?.UtcDateTime,
                record.Tags,
                record.Reason,
                record.Nearest is { } nearest ? new ImageReference(nearest.Id, nearest.ToString()) : null,
                record.Metadata is { } metadata ? MetadataView.Of(metadata) : null,
                record.Properties.Count > 0 ? record.Properties : null,
                record.Description?.AltText,
                record.Description?.Text,
                record.VisibleText,
                record.Description is { } description ? DescribedView.Of(description) : null,
                FeaturesView.Of(record),
                TrashedAt: record.TrashedAt?.UtcDateTime,
                Sheet: record.Page?.Sheet.Path is { } sheet ? new ImageReference(sheet.Id, sheet.ToString()) : null,
                Page: record.Page?.Number,
                Pages: record.Page?.Count ?? (record.Format?.HasPages() == true && record.Frames > 1 ? record.Frames : null),
                Text: record.Page?.Text
            );
    }
}

/// <summary>Names an image.</summary>
internal sealed record ImageReference(string Id, string Path);
