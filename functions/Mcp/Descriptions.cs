using System.Globalization;
using Serverless.Api;

namespace Serverless.Mcp;

/// <summary>Describes an image for a language model. Names and captions come from whoever uploaded the image.</summary>
internal sealed class Descriptions(Links links)
{
    public const int PreviewSide = 256;

    public FoundImage Of(SearchResult image)
    {
        var told = Of(
            new BrowsedImage(
                image.Id,
                image.Path,
                image.Width,
                image.Height,
                image.Format,
                image.Bytes,
                image.UploadedAt,
                image.Verdict,
                image.Tags,
                image.Sha256,
                image.Alt
            ),
            image.Title,
            image.Caption,
            image.Keywords,
            image.TakenAt
        );
        return told with
        {
            Text = told.Text + PlaceOf(image),
            Similarity = image.Similarity,
            Matched = image.Matched,
            Page = image.Page,
            Region = image.Region,
        };
    }

    public FoundImage Of(
        BrowsedImage image,
        string? title = null,
        string? caption = null,
        IReadOnlyList<string>? keywords = null,
        DateTime? takenAt = null
    )
    {
        var name = image.Path[(image.Path.LastIndexOf('/') + 1)..];
        return new FoundImage(
            image.Id,
            image.Path,
            title ?? name,
            image.Alt ?? caption ?? title ?? name,
            Sentence(image, title, caption, keywords ?? [], takenAt),
            links.Page(image.Id),
            links.Original(image.Id),
            links.Thumbnail(image.Id, PreviewSide),
            image.Width,
            image.Height,
            image.Format,
            image.Bytes,
            image.UploadedAt,
            takenAt,
            image.Tags,
            keywords ?? [],
            null,
            null
        );
    }

    public FoundImage Of(ImageView image)
    {
        var metadata = image.Metadata;
        var told = Of(
            new BrowsedImage(
                image.Id,
                image.Path,
                image.Width ?? 0,
                image.Height ?? 0,
                image.Format ?? "",
                image.Bytes,
                image.UploadedAt ?? default,
                image.Verdict ?? "",
                image.Tags,
                image.Sha256,
                image.AltText
            ),
            metadata?.Title,
            metadata?.Description,
            metadata?.Keywords,
            DateTimeOffset.TryParse(metadata?.TakenAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var taken)
                ? taken.DateTime
                : null
        );
        var fate =
            image.Status == "indexed"
                ? null
                : $" It is {image.Status}{(image.DuplicateOf is { } other ? $", a copy of {other.Path}" : "")}.";
        var seen = image.Description is { } description ? $" Described as: “{description}”" : null;
        var written = image.VisibleText is { } words ? $" Written in it: “{words}”" : null;
        return told with
        {
            UploadedAt = image.UploadedAt,
            Text = told.Text + fate + (image.Reason is { } reason ? $" {reason}" : "") + seen + written,
        };
    }

    private static string? PlaceOf(SearchResult image)
    {
        var page = image is { Page: { } number, Pages: > 1 and var pages }
            ? FormattableString.Invariant($" Page {number} of {pages}.")
            : null;
        return image.Region is { } place
            ? page
                + FormattableString.Invariant(
                    $" Found at {place.Left:0.##} to {place.Left + place.Width:0.##} of the width and {place.Top:0.##} to "
                )
                + FormattableString.Invariant($"{place.Top + place.Height:0.##} of the height.")
            : page;
    }

    private static string? Uploaded(DateTime time) => time == default ? null : FormattableString.Invariant($", uploaded {time:yyyy-MM-dd}");

    private static string Sentence(BrowsedImage image, string? title, string? caption, IReadOnlyList<string> keywords, DateTime? takenAt)
    {
        string?[] parts =
        [
            image.Path,
            title is null ? null : $"“{title}”",
            caption,
            image.Alt is { } alt && alt != caption && alt != title ? alt.TrimEnd('.') : null,
            keywords.Count > 0 ? $"keywords: {string.Join(", ", keywords)}" : null,
            image.Tags.Count > 0 ? $"tags: {string.Join(", ", image.Tags)}" : null,
            takenAt is { } taken ? string.Create(CultureInfo.InvariantCulture, $"taken {taken:yyyy-MM-dd}") : null,
            FormattableString.Invariant($"{image.Width} × {image.Height} {image.Format}{Uploaded(image.UploadedAt)}"),
        ];
        return string.Join("; ", parts.OfType<string>()) + ".";
    }
}
