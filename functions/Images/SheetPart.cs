using System.Globalization;
using Serverless.Imaging;
using Serverless.Storage;

namespace Serverless.Images;

/// <summary>A page of a sheet, or a tile of a page.</summary>
/// <param name="Sheet">The uploaded file.</param>
/// <param name="Page">From 1.</param>
/// <param name="Tile">From 1; 0 for the page itself.</param>
internal sealed record SheetPart(ImagePath Sheet, int Page, int Tile = 0)
{
    /// <summary>The file, the model and the rules that it was made of, as its sheet's row names them.</summary>
    public required string MadeOf { get; init; }

    /// <summary>The part of the page, as shares of its sides; the whole page by default.</summary>
    public ContentBox Box { get; init; } = new(0, 0, 1, 1);

    /// <summary>Size of the page in pixels.</summary>
    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary>SHA-256 of the page's pixels and size, in lower-case hex.</summary>
    public string? Pixels { get; init; }

    /// <summary>Unit vector in the space shared with text; empty for a tile.</summary>
    public ReadOnlyMemory<float> Embedding { get; init; }

    /// <summary>Unit vector trained for copies, if the model has one.</summary>
    public ReadOnlyMemory<float> CopyDescriptor { get; init; }

    /// <summary>Unit vector of its strokes; empty where it is no drawing.</summary>
    public ReadOnlyMemory<float> Lines { get; init; }

    public Fingerprint? Fingerprint { get; init; }

    /// <summary>The text of the page, as the document has it.</summary>
    public string? Text { get; init; }

    /// <summary>How it compares with pages of other sheets: for information, nothing is moved because of it.</summary>
    public Verdict? Verdict { get; init; }

    public ImagePath? DuplicateOfSheet { get; init; }

    public int DuplicateOfPage { get; init; }

    /// <summary>The cosine with that page.</summary>
    public double? Similarity { get; init; }

    public bool IsTile => Tile > 0;

    public ImagePath Path => Sheet.Page(Page);

    /// <summary>A row of the sheet's partition.</summary>
    public string Key => KeyOf(Page, Tile);

    /// <summary>The document of the parts' index.</summary>
    public string DocumentId => $"{Sheet.Id}-{Key}";

    public static string KeyOf(int page, int tile) =>
        string.Create(CultureInfo.InvariantCulture, $"p{page:D5}")
        + (tile > 0 ? string.Create(CultureInfo.InvariantCulture, $"-t{tile:D3}") : "");
}
