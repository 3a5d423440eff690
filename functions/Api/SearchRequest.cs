using System.Text.Json.Serialization;
using Serverless.Search;

namespace Serverless.Api;

/// <summary>A search: at least one of text, image, id and filter.color; <c>not</c> pushes away.</summary>
/// <param name="Text">Words: of the name, a caption, a keyword, a date, a camera, or what the picture shows.</param>
/// <param name="Image">A picture in base64.</param>
/// <param name="Id">A stored image to start from.</param>
/// <param name="Not">Words that the picture should not show.</param>
/// <param name="Weights">How much each part counts.</param>
/// <param name="Top">Results wanted, 1 to 1,000; 10 where absent.</param>
/// <param name="MinSimilarity">Leaves out results below this cosine, -1 to 1.</param>
/// <param name="Filter">Which images are searched.</param>
/// <param name="Mode">By words and by vector (where there is text and nothing is said), by vector, or by words.</param>
/// <param name="Ids">Stored images to start from, at most 16; each counts as <c>id</c> does.</param>
/// <param name="NotIds">Stored images that it should not be like, at most 16; they are left out themselves.</param>
/// <param name="Sort">The order of the results; by how well they fit where absent.</param>
/// <param name="Continuation">What the answer before gave, with the same query: the results behind those.</param>
/// <param name="Facets">Filters of which the possible values are to be counted, by name.</param>
internal sealed record SearchRequest(
    string? Text = null,
    string? Image = null,
    string? Id = null,
    string? Not = null,
    SearchWeights? Weights = null,
    int? Top = null,
    double? MinSimilarity = null,
    SearchFilterRequest? Filter = null,
    SearchMode? Mode = null,
    IReadOnlyList<string>? Ids = null,
    IReadOnlyList<string>? NotIds = null,
    SearchSort? Sort = null,
    string? Continuation = null,
    IReadOnlyList<string>? Facets = null
);

/// <summary>
/// In which order results come. With <c>mode=words</c> taken, uploaded and bytes hold for all images that have the words, over all pages;
/// else the images of an answer are the same, the best, and they come in this order.
/// </summary>
internal enum SearchSort
{
    /// <summary>Greatest cosine first.</summary>
    Similarity,

    /// <summary>Taken last first; those of which nobody knows at the end.</summary>
    Taken,

    /// <summary>Uploaded last first.</summary>
    Uploaded,

    /// <summary>Largest file first.</summary>
    Bytes,
}

/// <summary>Weights from 0 to 10. Where absent: 1, and 0.5 for <c>not</c>.</summary>
/// <param name="Text">Of the text.</param>
/// <param name="Image">Of the picture.</param>
/// <param name="Id">Of each stored image.</param>
/// <param name="Not">Of each thing that it should not be like.</param>
internal sealed record SearchWeights(double Text = 1, double Image = 1, double Id = 1, double Not = 0.5);

/// <summary>All conditions must hold.</summary>
/// <param name="Prefix">
/// The start of the path, such as <c>images/holiday/</c>; the container may be left out. One that ends inside a name is looked
/// for among the 1,000 best of its folder.
/// </param>
/// <param name="Status">Only <c>indexed</c> images are searched.</param>
/// <param name="Format">A format, such as <c>jpeg</c>.</param>
/// <param name="UploadedAfter">Uploaded at this time or later.</param>
/// <param name="UploadedBefore">Uploaded before this time.</param>
/// <param name="Tags">Tags that the image must all have.</param>
/// <param name="MinWidth">Least width in pixels.</param>
/// <param name="MinHeight">Least height in pixels.</param>
/// <param name="TakenAfter">Taken at this time or later, by the clock there.</param>
/// <param name="TakenBefore">Taken before this time.</param>
/// <param name="Camera">Words of the camera's name, such as <c>canon</c>.</param>
/// <param name="MinRating">Least rating, 1 to 5.</param>
/// <param name="Keywords">Keywords that the file must all have, as they are written there.</param>
/// <param name="Near">Taken within a distance of a place.</param>
/// <param name="Box">Taken in a rectangle of the map.</param>
/// <param name="Properties">Metadata that the blob must have, by name.</param>
/// <param name="Not">Images that meet any of these conditions are left out.</param>
internal sealed record SearchFilterRequest(
    string? Prefix = null,
    string? Status = null,
    string? Format = null,
    DateTimeOffset? UploadedAfter = null,
    DateTimeOffset? UploadedBefore = null,
    IReadOnlyList<string>? Tags = null,
    int? MinWidth = null,
    int? MinHeight = null,
    DateTimeOffset? TakenAfter = null,
    DateTimeOffset? TakenBefore = null,
    string? Camera = null,
    int? MinRating = null,
    IReadOnlyList<string>? Keywords = null,
    NearFilter? Near = null,
    BoxFilter? Box = null,
    IReadOnlyDictionary<string, string>? Properties = null,
    SearchFilterRequest? Not = null
) : PictureFilter;

/// <summary>A circle on the earth.</summary>
/// <param name="Latitude">In degrees, north is positive.</param>
/// <param name="Longitude">In degrees, east is positive.</param>
/// <param name="Km">Its radius.</param>
internal sealed record NearFilter(double Latitude, double Longitude, double Km);

/// <summary>A rectangle of the map in degrees; where west is greater than east, it crosses the date line.</summary>
/// <param name="South">Its lower edge.</param>
/// <param name="West">Its left edge.</param>
/// <param name="North">Its upper edge.</param>
/// <param name="East">Its right edge.</param>
internal sealed record BoxFilter(double South, double West, double North, double East);

/// <summary>What a search found.</summary>
/// <param name="Results">Best first: those with all the words, and among them and behind them those that look right.</param>
/// <param name="TookMs">How long the search took here, in milliseconds.</param>
/// <param name="Mode">How it was searched.</param>
/// <param name="Continuation">Asks for the results behind these; null at the end, which is after 10,000.</param>
/// <param name="Clear">
/// Whether there is what was asked for: all the words, or a picture that is clearly like them. False: the results are the least unlike.
/// Null where that is not told: for pictures as queries, on later pages, and for models that were not measured.
/// </param>
/// <param name="Notices">What was left out of the query, one sentence each; absent where nothing was.</param>
/// <param name="Facets">
/// By the name of the filter, the most frequent value first: of all images that the filters let through, and by words alone of those that
/// have some of them. Absent where none were asked for.
/// </param>
/// <param name="Cost">What a hosted provider was paid for the query; absent where a model in this process makes the vectors.</param>
internal sealed record SearchReply(
    IReadOnlyList<SearchResult> Results,
    string Model,
    double TookMs,
    SearchMode Mode,
    string? Continuation = null,
    bool? Clear = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Notices = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EmbeddingCost? Cost = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyDictionary<string, IReadOnlyList<FacetCount>>? Facets = null
);
