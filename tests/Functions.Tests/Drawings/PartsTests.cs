using Serverless.Drawings;

namespace Functions.Tests.Drawings;

public sealed class PartsTests
{
    [Fact]
    public void A_thing_at_a_wall_is_found_without_the_wall()
    {
        var page = new DrawnLines(1000, 700).Box(20, 20, 980, 680).Line(500, 20, 500, 680).Box(500, 300, 620, 360).Box(512, 312, 608, 348);
        Assert.Contains(Boxes(page), box => box.Overlap(new Region(0.5, 300 / 700.0, 0.62, 360 / 700.0)) > 0.8);
    }

    [Fact]
    public void Treads_are_found_in_a_room_whose_walls_are_no_longer_than_the_stair()
    {
        var page = new DrawnLines(1000, 700).Box(40, 40, 960, 660).Box(300, 200, 700, 500, 3);
        for (var tread = 0; tread <= 16; tread++)
        {
            page.Line(300 + (tread * 25), 200, 300 + (tread * 25), 290);
        }

        page.Line(300, 290, 700, 290);
        Assert.Contains(Boxes(page), box => box.Overlap(new Region(0.3, 200 / 700.0, 0.7, 290 / 700.0)) > 0.7);
    }

    [Fact]
    public void A_table_and_its_chairs_are_one_thing()
    {
        var page = new DrawnLines(1000, 700).Box(20, 20, 980, 680).Box(400, 300, 520, 380);
        foreach (var x in new[] { 410, 480 })
        {
            page.Box(x, 264, x + 30, 294).Box(x, 386, x + 30, 416);
        }

        Assert.Contains(Boxes(page), box => box.Overlap(new Region(0.4, 264 / 700.0, 0.52, 416 / 700.0)) > 0.9);
    }

    [Fact]
    public void The_lines_of_a_tile_leave_out_the_wall_that_crosses_it()
    {
        var page = new DrawnLines(1000, 700).Box(20, 20, 980, 680).Line(20, 330, 980, 330).Circle(300, 330, 60).Circle(300, 330, 40);
        var tile = Tiling.Of(page.Plain()).MaxBy(tile => tile.Box.Overlap(new Region(0.24, 270 / 700.0, 0.36, 390 / 700.0)))!;
        var lines = tile.Lines;
        Assert.True(lines.Rgb[3 * ((lines.Height / 2 * lines.Width) + (lines.Width / 2))] > 200);
    }

    private static IEnumerable<Region> Boxes(DrawnLines page) => Tiling.Of(page.Plain()).Select(tile => tile.Box);
}
