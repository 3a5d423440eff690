namespace Serverless.Api.Description;

/// <summary>What the operations of the API are about.</summary>
internal static class ApiTags
{
    public const string Search = "search";
    public const string Images = "images";
    public const string Duplicates = "duplicates";
    public const string Jobs = "jobs";
    public const string Service = "service";

    public static readonly (string Name, string Text)[] All =
    [
        (Search, "Finding images, and what it is made of: vectors and comparisons."),
        (Images, "The images themselves: upload, records, content and tags."),
        (Duplicates, "Groups of duplicates and look-alikes, and the quarantine."),
        (Jobs, "Work on the whole collection: backfill and reconciliation."),
        (Service, "Whether the app works, and what it gave up."),
    ];
}
