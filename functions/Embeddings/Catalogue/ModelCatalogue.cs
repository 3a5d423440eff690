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
)
{
    /// <summary>Millions of weights in both towers; null if unknown.</summary>
    public double? Parameters { get; init; }

    /// <summary>Languages that its text tower was trained for.</summary>
    public string? Languages { get; init; }

    /// <summary>What the licence restricts, in a sentence that must be accepted before the model is fetched; usually null.</summary>
    public string? Restriction { get; init; }

    /// <summary>Null if the repository is in Hugging Face layout.</summary>
    public ModelLayout? Layout { get; init; }

    /// <summary>Lengths that its vectors may be cut to (Matryoshka): each is a model of its own, <c>NAME-LENGTH</c>.</summary>
    public IReadOnlyList<int> Cuts { get; init; } = [];

    internal CatalogueEntry CutTo(int length) =>
        this with
        {
            Name = $"{Name}-{length}",
            Dimensions = length,
            About = $"{Name}, its vectors cut to {length} numbers",
            Layout = Layout!.With(ModelDescription.FileName, "dimensions", length),
            Cuts = [],
        };
}

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
        var entries = JsonSerializer.Deserialize<List<CatalogueEntry>>(stream, JsonSerializerOptions.Web)!;
        return [.. entries.SelectMany(entry => entry.Cuts.Select(entry.CutTo).Prepend(entry))];
    }

    [GeneratedRegex(@"^(?<repository>[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95})(@(?<revision>[\w./-]{1,100}))?$")]
    private static partial Regex Repository();
}
