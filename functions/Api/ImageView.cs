using Serverless.Images;
using Serverless.Search;

namespace Serverless.Api;

/// <summary>The record of an image as the API shows it.</summary>
internal sealed record ImageView(
    string Id,
    string Path,
    string Status,
    string? Verdict,
    ImageReference? DuplicateOf,
    double? Similarity,
    Evidence? Evidence,
    string? Model,
    double? Threshold,
    int? Width,
    int? Height,
    string? Format,
    long Bytes,
    string? Sha256,
    DateTime UploadedAt,
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
    FeaturesView? Features = null
)
{
    /// <summary>The view of a settled or waiting image; null while it is being processed, or once it is gone.</summary>
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
                record.UploadedAt.UtcDateTime,
                record.DecidedAt?.UtcDateTime,
                record.Tags,
                record.Reason,
                record.Nearest is { } nearest ? new ImageReference(nearest.Id, nearest.ToString()) : null,
                record.Metadata is { } metadata ? MetadataView.Of(metadata) : null,
                record.Properties.Count > 0 ? record.Properties : null,
                record.Description?.AltText,
                record.Description?.Text,
                record.Description?.VisibleText,
                record.Description is { } description ? DescribedView.Of(description) : null,
                FeaturesView.Of(record)
            );
    }
}

internal sealed record ImageReference(string Id, string Path);
