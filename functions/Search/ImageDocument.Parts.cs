using System.Text.Json.Serialization;
using Serverless.Images;

namespace Serverless.Search;

/// <summary>What a document of the parts' index has besides: it is a page of a sheet, or a tile of a page.</summary>
internal sealed partial class ImageDocument
{
    public const string LinesField = "lines";
    public const string Page = "page";
    public const string Tile = "tile";

    /// <summary>The fields that say which part it is.</summary>
    public static readonly string[] OfPart =
    [
        "sheet",
        "page",
        "pages",
        "kind",
        "left",
        "top",
        "right",
        "bottom",
        "pageWidth",
        "pageHeight",
    ];

    /// <summary>What results are told apart by: the sheet, where its parts are one result.</summary>
    [JsonIgnore]
    public string Key => IsGrouped && Sheet is { } sheet ? sheet : Id;

    [JsonIgnore]
    public bool IsGrouped { get; set; }

    [JsonPropertyName("sheet")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sheet { get; set; }

    /// <summary>From 1.</summary>
    [JsonPropertyName("page")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? PageNumber { get; set; }

    [JsonPropertyName("pages")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Pages { get; set; }

    [JsonPropertyName("kind")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Kind { get; set; }

    /// <summary>The place on the page, as shares of its sides.</summary>
    [JsonPropertyName("left")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Left { get; set; }

    [JsonPropertyName("top")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Top { get; set; }

    [JsonPropertyName("right")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Right { get; set; }

    [JsonPropertyName("bottom")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Bottom { get; set; }

    [JsonPropertyName("pageWidth")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? PageWidth { get; set; }

    [JsonPropertyName("pageHeight")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? PageHeight { get; set; }

    [JsonPropertyName(LinesField)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float[]? Lines { get; set; }

    /// <summary>A copy without what is compared: a part has vectors of its own.</summary>
    public ImageDocument WithoutVectors()
    {
        var document = (ImageDocument)MemberwiseClone();
        (document.Embedding, document.CopyDescriptor) = (null, null);
        return document;
    }

    /// <summary>
    /// The document of a part: what its sheet is filtered by, without the sheet's words, which find the sheet itself; the words of a page
    /// are its own.
    /// </summary>
    public static ImageDocument Of(SheetPart part, ImageDocument sheet, int pages)
    {
        var document = (ImageDocument)sheet.MemberwiseClone();
        document.Id = part.DocumentId;
        document.Sheet = part.Sheet.Id;
        document.Sha256 = part.Pixels;
        (document.PageNumber, document.Pages, document.Kind) = (part.Page, pages, part.IsTile ? Tile : Page);
        (document.Left, document.Top) = (part.Box.Left, part.Box.Top);
        (document.Right, document.Bottom) = (part.Box.Right, part.Box.Bottom);
        (document.PageWidth, document.PageHeight) = (part.Width, part.Height);
        document.Embedding = part.Embedding.IsEmpty ? null : part.Embedding.ToArray();
        document.CopyDescriptor = null;
        document.Lines = part.Lines.IsEmpty ? null : part.Lines.ToArray();
        document.VisibleText = DocumentWords.Plain(part.Text);
        (document.Name, document.Title, document.Headline, document.Caption) = (null, null, null, null);
        (document.AltText, document.Description, document.Creator, document.Copyright) = (null, null, null, null);
        (document.Lens, document.FolderNames, document.TagWords, document.Dates) = (null, [], [], []);
        document.Words = document.VisibleText is { } words ? [words] : [];
        return document;
    }
}
