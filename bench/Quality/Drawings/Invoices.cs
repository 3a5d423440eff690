using System.Globalization;
using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Invoices: a letterhead, numbers and dates, a list with amounts, a total.</summary>
internal static class Invoices
{
    public static Sheet Draw(Random layout, Fields fields, double size)
    {
        var (regular, bold) = Typefaces.Family(layout);
        var width = Math.Clamp(size * 62, 560, 1200);
        var sheet = new Sheet(width, Math.Clamp(size * 80, 720, 1500), Colours.Paper);
        double margin = width * 0.07,
            line = size * 1.5,
            y = margin + (size * 2);
        var tint = Colours.Shade(Colours.Any(layout), 0.7);
        sheet.Box(0, 0, layout.Next(2) == 0 ? width : width * 0.3, size * 0.8, tint);
        sheet.Text($"{Texts.Name(layout)} & {Texts.Name(layout)} Ltd", margin, y, size * 1.6, bold, tint);
        sheet.Text(
            $"INVOICE {fields.Text(random => Texts.Number(random, 6))}",
            width - margin,
            y,
            size,
            bold,
            Colours.Ink,
            SKTextAlign.Right
        );
        foreach (var label in new[] { "Date", "Due", "Customer" })
        {
            y += line;
            sheet.Text(
                $"{label}: {fields.Text(label == "Customer" ? random => Texts.Number(random, 5) : Texts.Date)}",
                width - margin,
                y,
                size,
                regular,
                Colours.Ink,
                SKTextAlign.Right
            );
        }

        sheet.Text(fields.Text(Texts.Person), margin, y - line, size, regular, Colours.Ink);
        sheet.Text(fields.Text(random => $"{random.Next(1, 200)} {Texts.Place(random)} Road"), margin, y, size, regular, Colours.Ink);
        y += line * 2;
        sheet.Box(margin, y - (size * 1.1), width - (2 * margin), line, Colours.Shade(tint, 1.1));
        sheet.Text("Description", margin + (size / 2), y, size, bold, SKColors.White);
        sheet.Text("Amount", width - margin - (size / 2), y, size, bold, SKColors.White, SKTextAlign.Right);
        while (y < sheet.Height - (line * 6))
        {
            y += line;
            sheet.Text(fields.Text(random => Texts.Words(random, 2)), margin + (size / 2), y, size, regular, Colours.Ink);
            sheet.Text(
                fields.Number(1, 40).ToString(CultureInfo.InvariantCulture),
                width * 0.62,
                y,
                size,
                regular,
                Colours.Ink,
                SKTextAlign.Right
            );
            sheet.Text(fields.Text(Texts.Amount), width - margin - (size / 2), y, size, regular, Colours.Ink, SKTextAlign.Right);
            sheet.Line(margin, y + (size * 0.3), width - margin, y + (size * 0.3), Colours.Faint);
        }

        sheet.Text("Total", width * 0.62, y + (line * 2), size, bold, Colours.Ink, SKTextAlign.Right);
        sheet.Text(fields.Text(Texts.Amount), width - margin - (size / 2), y + (line * 2), size, bold, Colours.Ink, SKTextAlign.Right);
        sheet.Text($"IBAN XX{fields.Text(random => Texts.Number(random, 14))}", margin, y + (line * 4), size, regular, Colours.Ink);
        return sheet;
    }
}
