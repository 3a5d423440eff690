namespace Serverless.Api.Description;

/// <summary>The groups of API operations.</summary>
internal static class ApiTags
{
    public const string Search = "search";
    public const string Images = "images";
    public const string Duplicates = "duplicates";
    public const string Jobs = "jobs";
    public const string Service = "service";

    public static readonly (string Name, string Text)[] All =
    [
        (Search, "Search, and its parts: vectors, comparisons and categories."),
        (Images, "Images: upload, records, content and tags."),
        (Duplicates, "Duplicates, look-alikes and the quarantine."),
        (Jobs, "Jobs on the whole collection: backfill, reconciliation and rules."),
        (Service, "Health of the app, and poison messages."),
    ];
}
