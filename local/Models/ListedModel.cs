using System.Globalization;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;

namespace Local.Models;

/// <summary>A row of <c>models list</c>.</summary>
/// <param name="Size">Such as <c>605 MB</c>, or <c>~600 MB</c> before it is pulled; empty if unknown.</param>
/// <param name="State"><c>in use</c>, <c>pulled</c>, or empty.</param>
/// <param name="Speed">Null if it was not measured here.</param>
internal sealed record ListedModel(string Name, string Size, int? Dimensions, string State, ModelSpeed? Speed)
{
    private const int BytesPerWeight = 4;

    public string Licence { get; private init; } = string.Empty;

    public string Languages { get; private init; } = string.Empty;

    public string About { get; private init; } = string.Empty;

    public static ListedModel Bundled(string used)
    {
        var folder = new DirectoryInfo(Path.Combine(BuiltPrograms.RepositoryRoot, "models", ModelFolder.Default));
        var bytes = folder.EnumerateFiles("*.onnx", SearchOption.AllDirectories).Sum(file => file.Length);
        using var config = ModelFile.ReadJson(Path.Combine(folder.FullName, "config.json"));
        var dimensions = config.RootElement.GetProperty("projection_dim").GetInt32();
        return new ListedModel(ModelFolder.Default, Megabytes(bytes), dimensions, used == ModelFolder.Default ? "in use" : "bundled", null)
        {
            Licence = "MIT",
            Languages = "English",
            About = "comes with the app: drawings, icons, and some photographs",
        };
    }

    public static ListedModel Of(CatalogueEntry entry, HubCache cache, string used)
    {
        var locked = ModelLock.Read(cache.LockFile);
        var size =
            locked is not null ? Megabytes(locked.Size)
            : entry.Parameters is { } millions ? "~" + Megabytes(millions * 1e6 * BytesPerWeight)
            : string.Empty;
        return new ListedModel(
            entry.Name,
            size,
            entry.Dimensions,
            entry.Name == used ? "in use"
                : locked is not null ? "pulled"
                : string.Empty,
            locked is null ? null : ModelSpeed.Read(cache.Snapshot(locked.Commit), ModelPrecision.Full)
        )
        {
            Licence = entry.Restriction is null ? entry.Licence : entry.Licence + ", research only",
            Languages = entry.Languages ?? string.Empty,
            About = $"{entry.About} ({entry.Repository})",
        };
    }

    private static string Megabytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB");
}
