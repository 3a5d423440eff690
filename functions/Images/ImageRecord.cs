using Azure;
using Serverless.Features;
using Serverless.Imaging;
using Serverless.Imaging.Metadata;
using Serverless.Storage;

namespace Serverless.Images;

/// <summary>Everything known about one uploaded image: the single source of truth, from which the search index derives.</summary>
internal sealed record ImageRecord
{
    public required ImagePath Path { get; init; }

    public required ImageState State { get; init; }

    /// <summary>The ETag of the judged blob version.</summary>
    public required string BlobETag { get; init; }

    /// <summary>The place in the total order of announcements; 0 if never announced (rejected).</summary>
    public long Sequence { get; init; }

    public string? Sha256 { get; init; }

    public ImageFormat? Format { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary>Frames or pages; 0 where an older version judged it.</summary>
    public int Frames { get; init; }

    /// <summary>It was, or is about to be, taken apart: what becomes of it must be done to its parts too.</summary>
    public bool HasParts { get; init; }

    public long Bytes { get; init; }

    public DateTimeOffset UploadedAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The blob's metadata except tags; names in lower case.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>The file's embedded metadata; null if there is none.</summary>
    public EmbeddedMetadata? Metadata { get; init; }

    /// <summary>A document's own text, then what a model read in the picture; null if there is none.</summary>
    public string? VisibleText =>
        (Metadata?.Text, Description?.VisibleText) is ({ } written, { } read)
            ? $"{written} {read}"
            : Metadata?.Text ?? Description?.VisibleText;

    /// <summary>What was last said of a picture here: of this one, or of the bytes that were here before.</summary>
    public ImageDescription? LastDescription { get; init; }

    /// <summary>What these bytes show, in words; null where nobody has said.</summary>
    public ImageDescription? Description => LastDescription?.Sha256 == Sha256 ? LastDescription : null;

    /// <summary>What was last refused of a picture here: of this one, or of the bytes that were here before.</summary>
    public LabelRefusals? LastRefusals { get; init; }

    /// <summary>Labels that these bytes never get.</summary>
    public IReadOnlyList<RefusedLabel> Refused => LastRefusals?.Sha256 == Sha256 ? LastRefusals?.Labels ?? [] : [];

    /// <summary>Name of the model that made the vectors.</summary>
    public string? Model { get; init; }

    /// <summary>Hash of that model's files.</summary>
    public string? ModelRevision { get; init; }

    /// <summary>It was live when the model changed, or is judged for a report: it is not moved, whatever the verdict.</summary>
    public bool StaysInPlace { get; init; }

    /// <summary>Unit vector in the space shared with text.</summary>
    public ReadOnlyMemory<float> Embedding { get; init; }

    /// <summary>Unit vector trained for copies, if the model has one.</summary>
    public ReadOnlyMemory<float> CopyDescriptor { get; init; }

    /// <summary>Its turned vectors for the near-duplicate search, if turned copies are searched.</summary>
    public IReadOnlyList<TurnedVector> Turned { get; init; } = [];

    public Fingerprint? Fingerprint { get; init; }

    /// <summary>Colours and composition; null where an older version judged it.</summary>
    public VisualFeatures? Visual { get; init; }

    public Verdict? Verdict { get; init; }

    /// <summary>The image that this one duplicates or resembles.</summary>
    public ImagePath? DuplicateOf { get; init; }

    /// <summary>The sequence of <see cref="DuplicateOf"/> at the time of the verdict.</summary>
    public long DuplicateOfSequence { get; init; }

    /// <summary>The nearest image, if none is alike but one was near enough to be compared.</summary>
    public ImagePath? Nearest { get; init; }

    public double? Similarity { get; init; }

    public double? Threshold { get; init; }

    public Evidence? Evidence { get; init; }

    public string? Reason { get; init; }

    /// <summary>When a waiting image began to wait.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>The blob in quarantine, set when the move begins.</summary>
    public string? QuarantineName { get; init; }

    /// <summary>A person called it a copy of an image that it resembles: decisions about its look-alikes count too.</summary>
    public bool IsCalledCopy { get; init; }

    /// <summary>A person moved it to quarantine, although it is no copy: no rule brings it back.</summary>
    public bool IsSetAside { get; init; }

    /// <summary>When a quarantined image was put in the trash; null if it is not there.</summary>
    public DateTimeOffset? TrashedAt { get; init; }

    /// <summary>For an image being restored: whether the rules restore it, rather than a person.</summary>
    public bool IsRestoredByRules { get; init; }

    /// <summary>For an image being restored: whether it replaces the image that it was moved for.</summary>
    public bool IsRestoredInstead { get; init; }

    /// <summary>This image's entry in the list of duplicates; null if it is not listed.</summary>
    public string? ListedAs { get; init; }

    /// <summary>The sheet, for a page: it has no row of its own.</summary>
    public PageOfSheet? Page { get; init; }

    /// <summary>Why the row cannot be read (<see cref="ImageState.Unreadable"/>); null if it can.</summary>
    public string? Fault { get; init; }

    /// <summary>When the row was last written, by the table service's clock; default for a record that was not read.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>The version of the stored row; default if not stored yet. Writes are conditional on it.</summary>
    public ETag RowVersion { get; init; }

    /// <summary>The record of an uploaded version; it replaces the previous one.</summary>
    public static ImageRecord Of(ImagePath path, ImageState state, StoredImageFacts blob, ImageRecord? previous) =>
        new()
        {
            Path = path,
            State = state,
            BlobETag = blob.Version,
            Bytes = blob.Bytes,
            UploadedAt = blob.UploadedAt,
            Tags = blob.Tags,
            Properties = blob.Properties,
            LastDescription = previous?.LastDescription,
            LastRefusals = previous?.LastRefusals,
            HasParts = previous?.HasParts ?? false,
            ListedAs = previous?.ListedAs,
            RowVersion = previous?.RowVersion ?? default,
        };

    /// <summary>The same with the results of checking its bytes.</summary>
    public ImageRecord With(CheckedImage image) =>
        this with
        {
            Sha256 = image.Sha256,
            Format = image.Format,
            Width = image.Width,
            Height = image.Height,
            Frames = image.Frames,
        };

    /// <summary>The same with the image's features.</summary>
    public ImageRecord With(ImageFeatures features) =>
        WithVectors(features) with
        {
            Fingerprint = features.Fingerprint,
            Visual = features.Visual,
            Metadata = features.Metadata,
        };

    /// <summary>The same with the model's vectors only.</summary>
    public ImageRecord WithVectors(ImageFeatures features) =>
        this with
        {
            Model = features.Model.Name,
            ModelRevision = features.Model.Revision,
            Embedding = features.Embedding,
            CopyDescriptor = features.CopyDescriptor,
            Turned = features.Turned,
        };

    /// <summary>The same, announced and without a verdict.</summary>
    public ImageRecord Undecided() =>
        this with
        {
            State = ImageState.Announced,
            Verdict = null,
            DuplicateOf = null,
            DuplicateOfSequence = 0,
            Nearest = null,
            Similarity = null,
            Evidence = null,
            DecidedAt = null,
            QuarantineName = null,
            IsSetAside = false,
            TrashedAt = null,
            Reason = null,
            WaitingSince = null,
        };

    public string Id => Path.Id;

    public bool IsLive => State.IsLive();

    /// <summary>Whether this image, being restored, replaces the one at that path.</summary>
    public bool Replaces(ImagePath other) => IsRestoredInstead && DuplicateOf?.Id == other.Id;

    /// <summary>The vector that the near-duplicate search uses.</summary>
    public ReadOnlyMemory<float> CopyVector => CopyDescriptor.IsEmpty ? Embedding : CopyDescriptor;
}
