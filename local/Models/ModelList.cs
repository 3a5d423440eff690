using System.Globalization;
using Serverless.Embeddings.Catalogue;
using Spectre.Console;

namespace Local.Models;

/// <summary>The catalogue: a table on a terminal, otherwise one line per model.</summary>
internal static class ModelList
{
    public static void Show(IReadOnlyList<(CatalogueEntry Entry, bool IsPulled)> models, Screen screen)
    {
        if (screen.Terminal is { } terminal)
        {
            terminal.Write(Table(models));
            return;
        }

        foreach (var (entry, isPulled) in models)
        {
            screen.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{entry.Name, -16}{entry.Dimensions, 5}  {entry.Licence, -26}{Here(isPulled), -8}{entry.About} ({entry.Repository})"
                )
            );
        }
    }

    private static Table Table(IReadOnlyList<(CatalogueEntry Entry, bool IsPulled)> models)
    {
        var table = new Table().RoundedBorder();
        table.AddColumn("Name", column => column.NoWrap());
        table.AddColumn("Dimensions", column => column.RightAligned());
        table.AddColumns("Licence", "Here", "What it is", "Repository");
        foreach (var (entry, isPulled) in models)
        {
            table.AddRow(
                new Text(entry.Name),
                new Text(entry.Dimensions?.ToString(CultureInfo.InvariantCulture) ?? ""),
                new Text(entry.Licence),
                new Text(Here(isPulled)),
                new Text(entry.About),
                new Text(entry.Repository)
            );
        }

        return table;
    }

    private static string Here(bool isPulled) => isPulled ? "pulled" : "";
}
