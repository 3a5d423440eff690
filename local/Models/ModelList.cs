using System.Globalization;
using Spectre.Console;

namespace Local.Models;

/// <summary>The models: a table on a terminal, otherwise one line per model.</summary>
internal static class ModelList
{
    private const string Footnote =
        "ms: of one image here, one thread, measured after the pull. ~: four bytes a weight; a pull says the size before it starts.";

    public static void Show(IReadOnlyList<ListedModel> models, Screen screen)
    {
        if (screen.Terminal is { } terminal)
        {
            terminal.Write(Table(models));
            terminal.WriteLine(Footnote);
            return;
        }

        foreach (var model in models)
        {
            screen.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{model.Name, -22}{model.Size, 9}{model.Dimensions, 6}{Milliseconds(model), 9}  {model.State, -8}"
                        + $"{model.Languages, -9}{model.Licence, -39}{model.About}"
                )
            );
        }
    }

    private static Table Table(IReadOnlyList<ListedModel> models)
    {
        var table = new Table().RoundedBorder();
        table.AddColumn("Name", column => column.NoWrap());
        table.AddColumn("Size", column => column.RightAligned().NoWrap());
        table.AddColumn("Dimensions", column => column.RightAligned());
        table.AddColumn("ms here", column => column.RightAligned());
        table.AddColumns("Here", "Languages", "Licence", "What it is");
        foreach (var model in models)
        {
            string[] cells =
            [
                model.Name,
                model.Size,
                model.Dimensions?.ToString(CultureInfo.InvariantCulture) ?? "",
                Milliseconds(model),
                model.State,
                model.Languages,
                model.Licence,
                model.About,
            ];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        return table;
    }

    private static string Milliseconds(ListedModel model) =>
        model.Speed is { } speed ? string.Create(CultureInfo.InvariantCulture, $"{speed.Image:0.#} ms") : string.Empty;
}
