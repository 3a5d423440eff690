using System.Text.Json;
using System.Text.RegularExpressions;

namespace Serverless.Embeddings.Catalogue;

/// <param name="Revision">A branch, tag or commit; pulling pins the commit and every file's hash.</param>
/// <param name="Thresholds">Calibrated cosines for each output, as in a model's <c>thresholds.json</c>.</param>
internal sealed record CatalogueEntry(
    string Name,
    string Repository,
    string Revision,
    int? Dimensions,
    string Licence,
    string About,
    JsonElement? Thresholds = null
);

/// <summary>
/// The models with short names. Any other repository of the hub is named <c>owner/name</c> or <c>owner/name@revision</c>.
/// </summary>
internal static partial class ModelCatalogue
{
    private static readonly Lazy<List<CatalogueEntry>> Loaded = new(Load);

    public static IReadOnlyList<CatalogueEntry> Entries => Loaded.Value;

    public static CatalogueEntry? Find(string name) =>
        Entries.FirstOrDefault(entry => entry.Name == name)
        ?? (
            Repository().Match(name) is { Success: true } match
                ? new CatalogueEntry(
                    name,
                    match.Groups["repository"].Value,
                    match.Groups["revision"] is { Success: true } revision ? revision.Value : "main",
                    null,
                    "see its page on the hub",
                    string.Empty
                )
                : null
        );

    private static List<CatalogueEntry> Load()
    {
        using var stream = typeof(ModelCatalogue).Assembly.GetManifestResourceStream("catalogue.json")!;
        return JsonSerializer.Deserialize<List<CatalogueEntry>>(stream, JsonSerializerOptions.Web)!;
    }

    [GeneratedRegex(@"^(?<repository>[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95})(@(?<revision>[\w./-]{1,100}))?$")]
    private static partial Regex Repository();
}
