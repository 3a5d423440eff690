using System.Text.Json.Serialization;
using Serverless.Search;

namespace Serverless.Api;

/// <summary>A search: at least one of text, image, id and filter.color; <c>not</c> pushes away.</summary>
/// <param name="Text">Words of the name, a caption, a keyword, a date, a camera, or of what the picture shows.</param>
/// <param name="Image">A picture in base64.</param>
/// <param name="Id">A stored image as an example.</param>
/// <param name="Not">Words for what the picture should not show.</param>
/// <param name="Weights">The weight of each part.</param>
/// <param name="Top">Number of results, 1 to 1,000; by default 10.</param>
/// <param name="MinSimilarity">Excludes results below this cosine, -1 to 1.</param>
/// <param name="Filter">The images to search.</param>
/// <param name="Mode">By words and by vector (where there is text and nothing is said), by vector, or by words.</param>
/// <param name="Ids">Stored images as examples, at most 16; each counts like <c>id</c>.</param>
/// <param name="NotIds">Stored images that the results should not resemble, at most 16; they are excluded themselves.</param>
/// <param name="Sort">The order of the results; by default the best matches first.</param>
/// <param name="Continuation">From the previous answer, with the same query: requests the results after it.</param>
/// <param name="Facets">Filters whose possible values are counted, by name.</param>
/// <param name="Region">The part of the picture, or of the stored image <c>id</c>, to search by: <c>x,y,width,height</c> as shares of its
/// upright sides.</param>
/// <param name="Lines">Whether drawings are searched by the lines of the picture: true for nothing else, false for not; by default where
/// the picture is a drawing, beside what it looks like.</param>
/// <param name="Turned">Whether the quarter turns of the picture are searched too.</param>
/// <param name="Group">Whether pages and tiles of a document are one result, the best (default), or each one of its own.</param>
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
    IReadOnlyList<string>? Facets = null,
    string? Region = null,
    bool? Lines = null,
    bool Turned = false,
    bool? Group = null
);

/// <summary>
/// In which order results come. With <c>mode=words</c> taken, uploaded and bytes hold for all images that have the words, over all pages;
/// else the images of an answer are the same, the best, and they come in this order.
/// </summary>
internal enum SearchSort
{
    /// <summary>Greatest cosine first.</summary>
    Similarity,

    /// <summary>Latest date taken first; unknown dates at the end.</summary>
    Taken,

    /// <summary>Latest upload first.</summary>
    Uploaded,

    /// <summary>Largest file first.</summary>
    Bytes,
}

/// <summary>Weights from 0 to 10. Default: 1, and 0.5 for <c>not</c>.</summary>
/// <param name="Text">Weight of the text.</param>
/// <param name="Image">Weight of the picture.</param>
/// <param name="Id">Weight of each stored image.</param>
/// <param name="Not">Weight of each negative example.</param>
internal sealed record SearchWeights(double Text = 1, double Image = 1, double Id = 1, double Not = 0.5);

/// <summary>All conditions must match.</summary>
/// <param name="Prefix">The start of the path, such as <c>images/holiday/</c>; the container may be left out. If it ends inside a name, the
/// 1,000 best results of its folder are searched.</param>
/// <param name="Status">Only <c>indexed</c> images are searched.</param>
/// <param name="Format">A format, such as <c>jpeg</c>.</param>
/// <param name="UploadedAfter">Uploaded at this time or later.</param>
/// <param name="UploadedBefore">Uploaded before this time.</param>
/// <param name="Tags">Tags, all required.</param>
/// <param name="MinWidth">Minimum width in pixels.</param>
/// <param name="MinHeight">Minimum height in pixels.</param>
/// <param name="TakenAfter">Taken at this time or later, in local time.</param>
/// <param name="TakenBefore">Taken before this time.</param>
/// <param name="Camera">Words of the camera's name, such as <c>canon</c>.</param>
/// <param name="MinRating">Minimum rating, 1 to 5.</param>
/// <param name="Keywords">Keywords of the file, all required, exactly as written.</param>
/// <param name="Near">Taken within a distance from a place.</param>
/// <param name="Box">Taken in a rectangle of the map.</param>
/// <param name="Properties">Metadata of the blob, all required, by name.</param>
/// <param name="Not">Excludes images that match any of these conditions.</param>
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
/// <param name="Results">Best first: images with all the words, mixed with and followed by those that look right.</param>
/// <param name="TookMs">How long the search took here, in milliseconds.</param>
/// <param name="Mode">How it was searched.</param>
/// <param name="Continuation">Requests the following results; null at the end, at most 10,000.</param>
/// <param name="Clear">
/// Whether the query was really matched: all the words, or a picture that clearly fits. False: these are only the nearest. Null if unknown:
/// for picture queries, on later pages, and for models without calibration.
/// </param>
/// <param name="Notices">Omitted parts of the query, one sentence each; absent if there are none.</param>
/// <param name="Facets">
/// By the name of the filter, the most frequent value first: of all images that the filters let through, and by words alone of those that
/// have some of them. Absent where none were asked for.
/// </param>
/// <param name="Cost">The price of the query at a hosted provider; absent for a model in this process.</param>
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
