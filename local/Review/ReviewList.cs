using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Local.Review;

/// <summary>The findings of a review: a table on a terminal, otherwise one sentence per image.</summary>
internal static class ReviewList
{
    public static void ShowProgress(int judged) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  … {judged:N0} judged"));

    public static async Task ShowAsync(IAsyncEnumerable<JsonElement> images, Screen screen)
    {
        if (screen.Terminal is not { } terminal)
        {
            await foreach (var image in images)
            {
                screen.WriteLine(Describe(image));
            }

            return;
        }

        var table = new Table().RoundedBorder();
        table.AddColumns("Image", "Taken for a duplicate of", "Why it is none", "What became of it");
        await foreach (var image in images)
        {
            table.AddRow(
                new Text(image.GetProperty("path").GetString()!),
                new Text(Other(image)),
                new Text(Sentence(image)),
                new Text(Outcome(image))
            );
        }

        if (table.Rows.Count > 0)
        {
            terminal.Write(table);
        }
    }

    public static string Summary(JsonElement report)
    {
        int Count(string name) => report.GetProperty(name).GetInt32();
        var unjudged = Count("unjudged") > 0 ? $", {Count("unjudged")} could not be judged now" : "";
        var restored =
            report.GetProperty("restore").GetBoolean() ? $", {Count("restored")} put back"
            : Count("found") > 0 ? "; \"review --restore\" puts them back"
            : "";
        return $"{Count("judged")} in quarantine judged again: {Count("stay")} rightly there{unjudged}, {Count("found")} not{restored}.";
    }

    /// <summary>One line, such as "images/b.png, taken for a duplicate of images/a.png: Differs in one place. Put back."</summary>
    private static string Describe(JsonElement image) =>
        $"  {image.GetProperty("path").GetString()}, taken for a duplicate of {Other(image)}: {Sentence(image)} {Outcome(image)}".TrimEnd();

    private static string Other(JsonElement image) =>
        image.GetProperty("duplicateOf") is { ValueKind: JsonValueKind.Object } reference
            ? reference.GetProperty("path").GetString()!
            : "an image that is gone";

    private static string Sentence(JsonElement image) => image.GetProperty("evidence").GetProperty("sentence").GetString()!;

    private static string Outcome(JsonElement image) =>
        image.GetProperty("outcome").GetString() switch
        {
            "restored" => "Put back.",
            "pathTaken" => "Another image has taken its path: it stays.",
            "missing" => "Its blob is missing.",
            "gone" => "It left the quarantine meanwhile.",
            _ => "",
        };
}
