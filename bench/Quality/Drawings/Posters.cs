using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Large print: posters, slides, price signs.</summary>
internal static class Posters
{
    public static Sheet Draw(Random layout, Fields fields, double size)
    {
        var (regular, bold) = Typefaces.Family(layout);
        var sheet = new Sheet(900, 640, Colours.Any(layout));
        sheet.Text(fields.Text(random => Texts.Words(random, 2)), 450, 130, 72, bold, SKColors.White, SKTextAlign.Center);
        sheet.Text(fields.Text(Texts.Amount), 450, 330, 110, bold, Colours.Ink, SKTextAlign.Center);
        sheet.Text(fields.Text(Texts.Date), 450, 450, 56, regular, Colours.Ink, SKTextAlign.Center);
        sheet.Text(fields.Text(random => Texts.Words(random, 5)), 450, 560, size, regular, SKColors.White, SKTextAlign.Center);
        return sheet;
    }
}
