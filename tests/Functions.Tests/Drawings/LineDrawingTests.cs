using Serverless.Drawings;
using Serverless.Imaging;

namespace Functions.Tests.Drawings;

public sealed class LineDrawingTests
{
    private static DrawnLines Plan(double thickness = 3) =>
        new DrawnLines(400, 300)
            .Box(30, 30, 370, 270, thickness)
            .Line(200, 30, 200, 270, thickness)
            .Circle(110, 150, 50, thickness)
            .Line(230, 250, 340, 60, thickness);

    private static readonly Pixels Reference = LineDrawing.Of(Plan().Plain());

    public static TheoryData<string> Papers => ["blueprint", "whiteboard", "pencil", "thick marker", "scan", "red pen"];

    [Theory]
    [MemberData(nameof(Papers))]
    public void The_same_lines_come_of_another_paper_pen_and_light(string paper)
    {
        var pixels = paper switch
        {
            "blueprint" => Plan().On((24, 60, 140), (240, 245, 255)),
            "whiteboard" => Plan(5).On((225, 222, 210), (40, 50, 70), darkest: 0.35, grain: 3),
            "pencil" => Plan(2).On((250, 248, 240), (205, 203, 200), grain: 2),
            "thick marker" => Plan(14).Plain(),
            "scan" => Plan().On((240, 240, 238), (50, 50, 50), grain: 9),
            _ => Plan().On((255, 255, 255), (220, 30, 30)),
        };
        Assert.InRange(Agreement(Reference, LineDrawing.Of(pixels)), 0.8, 1);
    }

    [Fact]
    public void Strokes_have_one_width_however_thick_the_pen()
    {
        var (thin, thick) = (Share(LineDrawing.Of(Plan(2).Plain())), Share(LineDrawing.Of(Plan(16).Plain())));
        Assert.InRange(thick / thin, 0.85, 1.15);
    }

    [Fact]
    public void A_filled_wall_becomes_a_thin_line()
    {
        var lines = LineDrawing.Of(new DrawnLines(400, 300).Filled(40, 100, 360, 116).Plain());
        Assert.InRange(Share(lines), 0.005, 0.02);
    }

    [Fact]
    public void A_small_gap_is_closed_and_a_wide_one_is_not()
    {
        Assert.True(Dark(LineDrawing.Of(Gap(3)), 0.5, 0.5));
        Assert.False(Dark(LineDrawing.Of(Gap(60)), 0.5, 0.5));

        static Pixels Gap(int width) =>
            new DrawnLines(400, 300).Line(50, 150, 200 - (width / 2.0), 150, 2).Line(200 + (width / 2.0), 150, 350, 150, 2).Plain();
    }

    [Fact]
    public void A_row_of_letters_goes_and_what_is_larger_or_alone_stays()
    {
        var lines = new DrawnLines(800, 600).Box(100, 100, 700, 500).Circle(400, 300, 60).Circle(200, 200, 7, 1);
        for (var letter = 0; letter < 6; letter++)
        {
            lines.Line(300 + (letter * 11), 440, 305 + (letter * 11), 452, 1).Line(305 + (letter * 11), 440, 300 + (letter * 11), 452, 1);
        }

        var drawn = LineDrawing.Of(lines.Plain());
        for (var place = 300; place < 364; place++)
        {
            Assert.False(Dark(drawn, place / 800.0, 446 / 600.0));
        }

        Assert.True(Dark(drawn, 460 / 800.0, 300 / 600.0));
        Assert.True(Dark(drawn, 207 / 800.0, 200 / 600.0));
    }

    [Fact]
    public void A_picture_without_strokes_becomes_white()
    {
        var blank = new DrawnLines(200, 100).On((200, 210, 220), (0, 0, 0), darkest: 0.5, grain: 6);
        Assert.InRange(Share(LineDrawing.Of(blank)), 0, 0.002);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9000)]
    [InlineData(9000, 2)]
    [InlineData(3, 3)]
    public void Any_size_is_drawn(int width, int height)
    {
        var lines = LineDrawing.Of(new Pixels(new byte[width * height * 3], width, height, new Extent(0, 0, width, height), width, height));
        Assert.InRange(lines.Width, 1, LineDrawing.Side);
        Assert.InRange(lines.Height, 1, LineDrawing.Side);
    }

    /// <summary>More than half of the points are beside a stroke: the grain is not taken from them.</summary>
    [Fact]
    public void A_crowded_sheet_keeps_its_lines()
    {
        var lines = new DrawnLines(300, 300);
        for (var place = 8; place < 300; place += 8)
        {
            lines.Line(place, 0, place, 300, 1.5);
        }

        Assert.InRange(LineSheet.Of(lines.Plain()).Strokes.Ink().Count, 9_000, 12_000);
    }

    [Fact]
    public void Lines_on_paper_are_told_from_a_coloured_picture()
    {
        Assert.True(LineDrawing.IsLineDrawing(Plan().Plain()));
        Assert.True(LineDrawing.IsLineDrawing(Plan().On((24, 60, 140), (240, 245, 255), grain: 3)));
        Assert.False(LineDrawing.IsLineDrawing(new DrawnLines(400, 300).On((90, 120, 60), (0, 0, 0), darkest: 0.3, grain: 25)));
        Assert.False(LineDrawing.IsLineDrawing(new DrawnLines(400, 300).Filled(50, 50, 250, 200).Filled(220, 30, 370, 120).Plain()));
    }

    private static double Share(Pixels lines) => lines.Rgb.Count(level => level < 128) / (double)lines.Rgb.Length;

    private static bool Dark(Pixels lines, double x, double y) =>
        lines.Rgb[3 * (((int)(y * lines.Height) * lines.Width) + (int)(x * lines.Width))] < 128;

    /// <summary>Share of the strokes of either that are near a stroke of the other.</summary>
    private static double Agreement(Pixels one, Pixels other) => Math.Min(Covered(one, other), Covered(other, one));

    private static double Covered(Pixels one, Pixels other)
    {
        Assert.Equal((one.Width, one.Height), (other.Width, other.Height));
        var (near, all) = (0, 0);
        for (var at = 0; at < one.Width * one.Height; at++)
        {
            if (one.Rgb[3 * at] < 64)
            {
                all++;
                near += Near(other, at % one.Width, at / one.Width) ? 1 : 0;
            }
        }

        return (double)near / all;
    }

    private static bool Near(Pixels pixels, int x, int y)
    {
        for (var step = 0; step < 25; step++)
        {
            var (atX, atY) = (x + (step % 5) - 2, y + (step / 5) - 2);
            if (atX >= 0 && atY >= 0 && atX < pixels.Width && atY < pixels.Height && pixels.Rgb[3 * ((atY * pixels.Width) + atX)] < 128)
            {
                return true;
            }
        }

        return false;
    }
}
