using System.Text.Json.Serialization;
using Azure.Core.GeoJson;
using Serverless.Images;
using Serverless.Imaging.Metadata;

namespace Serverless.Search;

/// <summary>All text about an image. Fields with analyzers are searched; the others are for filters.</summary>
internal sealed partial class ImageDocument
{
    /// <summary>Increment when documents must be rewritten for their words: reconciliation finds lower numbers.</summary>
    public const int WordsOfToday = 1;

    /// <summary>Characters of a document's text: more than of what a model reads in a picture.</summary>
    private const int MaxVisibleText = 16_384;

    /// <summary>What an answer to a search shows of them.</summary>
    public static readonly string[] Told = [.. Shown, "name", "title", "caption", "altText", "keywords", "takenAt", "camera", "rating"];

    [JsonPropertyName("name")]
    public string? Name { get; set; }

    [JsonPropertyName("folderNames")]
    public IReadOnlyList<string> FolderNames
    {
        get;
        set => field = value ?? [];
    } = [];

    [JsonPropertyName("title")]
    public string? Title { get; set; }

    [JsonPropertyName("headline")]
    public string? Headline { get; set; }

    [JsonPropertyName("caption")]
    public string? Caption { get; set; }

    /// <summary>A sentence to show in the place of the picture; the record has it.</summary>
    [JsonPropertyName("altText")]
    public string? AltText { get; set; }

    [JsonPropertyName("description")]
    public string? Description { get; set; }

    /// <summary>What is written in the picture, as far as a model has read it.</summary>
    [JsonPropertyName("visibleText")]
    public string? VisibleText { get; set; }

    /// <summary>What is known best to stand for the picture: its alt text, else the caption or the title in the file.</summary>
    public string? Alt() => AltText ?? Caption ?? Title;

    [JsonPropertyName("keywords")]
    public IReadOnlyList<string> Keywords
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>The tags again: <c>tags</c> is for exact comparison, and a field cannot be made searchable later.</summary>
    [JsonPropertyName("tagWords")]
    public IReadOnlyList<string> TagWords
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>The blob's metadata, each as <c>name=value</c>.</summary>
    [JsonPropertyName("properties")]
    public IReadOnlyList<string> Properties
    {
        get;
        set => field = value ?? [];
    } = [];

    [JsonPropertyName("creator")]
    public string? Creator { get; set; }

    [JsonPropertyName("copyright")]
    public string? Copyright { get; set; }

    [JsonPropertyName("camera")]
    public string? Camera { get; set; }

    [JsonPropertyName("lens")]
    public string? Lens { get; set; }

    /// <summary>The date taken, in digits and with the month in English.</summary>
    [JsonPropertyName("dates")]
    public IReadOnlyList<string> Dates
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>Without a UTC offset in the file, local time is treated as UTC.</summary>
    [JsonPropertyName("takenAt")]
    public DateTimeOffset? TakenAt { get; set; }

    [JsonPropertyName("rating")]
    public int? Rating { get; set; }

    [JsonPropertyName("position")]
    public GeoPoint? Position { get; set; }

    /// <summary>All texts except the copyright notice, as whole words; never shown.</summary>
    [JsonPropertyName("words")]
    public IReadOnlyList<string> Words
    {
        get;
        set => field = value ?? [];
    } = [];

    [JsonPropertyName("wordsVersion")]
    [JsonConverter(typeof(NullAsDefault<int>))]
    public int WordsVersion { get; set; }

    private string? Stem => System.IO.Path.GetFileNameWithoutExtension(Name) is { Length: > 0 } stem && stem != Name ? stem : null;

    private ImageDocument WithWords(ImageRecord record)
    {
        var metadata = record.Metadata ?? EmbeddedMetadata.None;
        var path = record.Path.Name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        Name = DocumentWords.Plain(path.LastOrDefault());
        FolderNames = [.. path.SkipLast(1).Select(DocumentWords.Plain).OfType<string>()];
        Title = DocumentWords.Plain(metadata.Title);
        Headline = DocumentWords.Plain(metadata.Headline);
        Caption = DocumentWords.Plain(metadata.Description);
        AltText = DocumentWords.Plain(record.Description?.AltText);
        Description = DocumentWords.Plain(record.Description?.Text);
        VisibleText = DocumentWords.PlainWithin(record.VisibleText, MaxVisibleText);
        Keywords = [.. metadata.Keywords.Select(DocumentWords.Plain).OfType<string>()];
        TagWords = [.. record.Tags.Select(DocumentWords.Plain).OfType<string>()];
        Properties = [.. record.Properties.Select(pair => $"{pair.Key}={pair.Value}")];
        Creator = DocumentWords.Plain(metadata.Creator);
        Copyright = DocumentWords.Plain(metadata.Copyright);
        Camera = DocumentWords.Plain(metadata.Camera);
        Lens = DocumentWords.Plain(metadata.Lens);
        Dates = metadata.Taken is { } taken ? DocumentWords.Days(taken) : [];
        TakenAt = metadata.Taken?.Time;
        Rating = metadata.Rating;
        Position = metadata.Position is { } place ? new GeoPoint(place.Longitude, place.Latitude) : null;

        // The extension is a word of its own only where nothing joins it to the name: StairCase.png is "staircase" as well.
        string?[] single = [Name, Stem, Title, Headline, Caption, AltText, Description, VisibleText, Creator, Camera, Lens];
        Words =
        [
            .. single.OfType<string>(),
            .. FolderNames,
            .. Keywords,
            .. TagWords,
            .. record.Properties.Values.Select(DocumentWords.Plain).OfType<string>(),
            .. Dates,
        ];
        WordsVersion = WordsOfToday;
        return this;
    }
}
