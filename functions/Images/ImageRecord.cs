using Azure;
using Serverless.Features;
using Serverless.Imaging;
using Serverless.Imaging.Metadata;
using Serverless.Storage;

namespace Serverless.Images;

/// <summary>Everything that is known of one uploaded image: the single source of truth, from which the search index follows.</summary>
internal sealed record ImageRecord
{
    public required ImagePath Path { get; init; }

    public required ImageState State { get; init; }

    /// <summary>The ETag of the blob version that this record judges.</summary>
    public required string BlobETag { get; init; }

    /// <summary>The place in the total order of announcements; 0 where none was made (rejected).</summary>
    public long Sequence { get; init; }

    public string? Sha256 { get; init; }

    public ImageFormat? Format { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    public long Bytes { get; init; }

    public DateTimeOffset UploadedAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The metadata of the blob but the tags, by names in lower case.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>What the file says about its picture; null where it says nothing.</summary>
    public EmbeddedMetadata? Metadata { get; init; }

    /// <summary>What was last said of a picture here: of this one, or of the bytes that were here before.</summary>
    public ImageDescription? LastDescription { get; init; }

    /// <summary>What these bytes show, in words; null where nobody has said.</summary>
    public ImageDescription? Description => LastDescription?.Sha256 == Sha256 ? LastDescription : null;

    /// <summary>Name of the model that made the vectors.</summary>
    public string? Model { get; init; }

    /// <summary>Hash of the files of that model.</summary>
    public string? ModelRevision { get; init; }

    /// <summary>It was live when the model was changed: whatever the new model says of it, it is not moved.</summary>
    public bool StaysInPlace { get; init; }

    /// <summary>Unit vector in the space shared with text.</summary>
    public ReadOnlyMemory<float> Embedding { get; init; }

    /// <summary>Unit vector trained for copies, where the model has one.</summary>
    public ReadOnlyMemory<float> Instance { get; init; }

    /// <summary>Its vectors for the near-duplicate search when turned, where turned copies are looked for.</summary>
    public IReadOnlyList<TurnedVector> Turned { get; init; } = [];

    public Fingerprint? Fingerprint { get; init; }

    /// <summary>Colours and composition; null where an older version judged it.</summary>
    public VisualFeatures? Visual { get; init; }

    public Verdict? Verdict { get; init; }

    /// <summary>What this image duplicates or resembles.</summary>
    public ImagePath? DuplicateOf { get; init; }

    /// <summary>The sequence that <see cref="DuplicateOf"/> had when it was judged to be live.</summary>
    public long DuplicateOfSequence { get; init; }

    /// <summary>The nearest image where nothing is alike, but something is near enough to have been compared.</summary>
    public ImagePath? Nearest { get; init; }

    public double? Similarity { get; init; }

    public double? Threshold { get; init; }

    public Evidence? Evidence { get; init; }

    public string? Reason { get; init; }

    /// <summary>Since when a waiting image waits.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>The blob in quarantine, from the moment that the move begins.</summary>
    public string? QuarantineName { get; init; }

    /// <summary>For an image that is being restored: whether the rules have it back, and no person said that it is no duplicate.</summary>
    public bool IsRestoredByRules { get; init; }

    /// <summary>The entry with which the list of duplicates has this image; null where it does not.</summary>
    public string? ListedAs { get; init; }

    /// <summary>Why the row cannot be read (<see cref="ImageState.Unreadable"/>); null where it can.</summary>
    public string? Fault { get; init; }

    /// <summary>When the row was last written, by the clock of the table service; default for a record that was not read.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>The version of the stored row; default for a row not stored yet. Writes are conditional on it.</summary>
    public ETag RowVersion { get; init; }

    /// <summary>The record of an uploaded version; written over the one before it.</summary>
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
            ListedAs = previous?.ListedAs,
            RowVersion = previous?.RowVersion ?? default,
        };

    /// <summary>The same with what was checked of its bytes.</summary>
    public ImageRecord With(CheckedImage image) =>
        this with
        {
            Sha256 = image.Sha256,
            Format = image.Format,
            Width = image.Width,
            Height = image.Height,
        };

    /// <summary>The same with what was found out about the image.</summary>
    public ImageRecord With(ImageFeatures features) =>
        this with
        {
            Model = features.Model.Name,
            ModelRevision = features.Model.Revision,
            Embedding = features.Embedding,
            Instance = features.Instance,
            Turned = features.Turned,
            Fingerprint = features.Fingerprint,
            Visual = features.Visual,
            Metadata = features.Metadata,
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
            Reason = null,
            WaitingSince = null,
        };

    public string Id => Path.Id;

    public bool IsLive => State.IsLive();

    /// <summary>The vector that the near-duplicate search uses.</summary>
    public ReadOnlyMemory<float> CopyVector => Instance.IsEmpty ? Embedding : Instance;
}
