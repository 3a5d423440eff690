using Serverless.Drawings;

namespace Functions.Tests.Drawings;

public sealed class TilingTests
{
    private static readonly DrawnLines Page = new DrawnLines(900, 640)
        .Box(20, 20, 880, 620, 3)
        .Spiral(650, 220, 60)
        .Box(150, 400, 260, 450);

    [Fact]
    public void An_empty_page_has_no_tiles() => Assert.Empty(Tiling.Of(new DrawnLines(300, 200).Plain()));

    [Fact]
    public void Tiles_overlap_have_several_sizes_and_are_never_more_than_the_most()
    {
        var tiles = Tiling.Of(Page.Plain());
        Assert.InRange(tiles.Count, 4, Tiling.Most);
        Assert.All(tiles, tile => Assert.True(tile.Box is { Left: >= 0, Top: >= 0, Right: <= 1, Bottom: <= 1, Width: > 0, Height: > 0 }));
        Assert.True(tiles.Max(tile => tile.Box.Area) > 3 * tiles.Min(tile => tile.Box.Area));
        Assert.Equal(tiles.Count, tiles.Select(tile => tile.Box).Distinct().Count());
    }

    [Fact]
    public void A_tile_has_the_pixels_and_the_lines_of_its_box()
    {
        var tile = Tiling.Of(Page.Plain())[0];
        Assert.InRange(Math.Max(tile.Pixels.Width, tile.Pixels.Height), 50, Tile.MostSide);
        Assert.Equal(LineDrawing.Side, Math.Max(tile.Lines.Width, tile.Lines.Height));
        Assert.Contains(tile.Lines.Rgb, level => level < 64);
    }

    [Fact]
    public void A_sketch_finds_the_place_on_the_page()
    {
        var sketch = LineVector.QueryVariants(new DrawnLines(240, 260).Spiral(120, 130, 95, 5, treads: 10).Plain())[0];
        var best = Tiling.Of(Page.Plain()).MaxBy(tile => Cosine(LineVector.Of(tile), sketch))!;
        Assert.InRange((best.Box.Left + best.Box.Right) / 2 * 900, 590, 710);
        Assert.InRange((best.Box.Top + best.Box.Bottom) / 2 * 640, 160, 280);
    }

    [Fact]
    public void A_turned_sketch_is_searched_in_four_turns_where_asked()
    {
        var stairs = new DrawnLines(200, 100).Box(20, 20, 180, 80).Line(50, 20, 50, 80).Line(80, 20, 80, 80);
        var upright = LineVector.Of(stairs.Plain());
        var turned = QuarterTurn.Clockwise(stairs.Plain());
        Assert.Single(LineVector.QueryVariants(turned));
        var variants = LineVector.QueryVariants(turned, turns: true);
        Assert.True(variants.Max(variant => Cosine(variant, upright)) > 0.98);
        Assert.True(Cosine(variants[0], upright) < 0.9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_sketch_with_gaps_finds_its_thing_among_others(int thing)
    {
        var page = new DrawnLines(1000, 700).Box(20, 20, 980, 680, 3).Line(480, 20, 480, 680, 3);
        page.Spiral(200, 200, 70).Box(600, 100, 800, 170).Box(615, 112, 785, 158).Circle(250, 500, 80).Circle(250, 500, 30);
        for (var hole = 0; hole < 6; hole++)
        {
            page.Circle(250 + (55 * Math.Cos(hole * Math.PI / 3)), 500 + (55 * Math.Sin(hole * Math.PI / 3)), 9);
        }

        for (var tread = 0; tread < 11; tread++)
        {
            page.Line(600 + (tread * 20), 400, 600 + (tread * 20), 470);
        }

        page.Line(600, 400, 800, 400).Line(600, 470, 800, 470);
        var sketch = new DrawnLines(300, 300);
        var (x, y) = thing switch
        {
            0 => (200, 200),
            1 => (700, 135),
            2 => (250, 500),
            _ => (700, 435),
        };
        _ = thing switch
        {
            0 => sketch.Spiral(150, 150, 110, 4, treads: 9),
            1 => sketch
                .Box(30, 100, 270, 195, 4)
                .Line(50, 120, 240, 118, 4)
                .Line(245, 125, 243, 170, 4)
                .Line(240, 178, 52, 176, 4)
                .Line(50, 172, 48, 124, 4),
            2 => sketch
                .Circle(150, 150, 120, 4)
                .Circle(150, 150, 40, 4)
                .Circle(150, 70, 14, 4)
                .Circle(70, 150, 14, 4)
                .Circle(230, 150, 14, 4),
            _ => Treads(sketch),
        };
        var query = LineVector.QueryVariants(sketch.Plain())[0];
        var best = Tiling.Of(page.Plain()).MaxBy(tile => Cosine(LineVector.Of(tile), query))!;
        Assert.InRange((best.Box.Left + best.Box.Right) / 2 * 1000, x - 30, x + 30);
        Assert.InRange((best.Box.Top + best.Box.Bottom) / 2 * 700, y - 30, y + 30);

        static DrawnLines Treads(DrawnLines sketch)
        {
            for (var tread = 0; tread < 8; tread++)
            {
                sketch.Line(30 + (tread * 34), 100, 32 + (tread * 34), 190, 4);
            }

            return sketch.Line(30, 100, 270, 103, 4).Line(30, 190, 262, 192, 4);
        }
    }

    [Fact]
    public void The_frame_of_a_whiteboard_is_no_part_of_the_sketch()
    {
        var clean = LineVector.QueryVariants(new DrawnLines(500, 400).Spiral(250, 200, 90, 4).Plain())[0];
        var photo = new DrawnLines(500, 400).Spiral(250, 200, 90, 4).Line(2, 12, 498, 9, 8).Line(488, 9, 491, 398, 8);
        var query = LineVector.QueryVariants(photo.On((215, 215, 208), (60, 60, 70), darkest: 0.5, grain: 3))[0];
        Assert.InRange(Cosine(clean, query), 0.95, 1);
    }

    [Fact]
    public void A_sketch_that_fills_the_picture_is_searched_whole() =>
        Assert.Single(LineVector.QueryVariants(new DrawnLines(200, 200).Line(0, 0, 200, 200, 4).Line(0, 200, 200, 0, 4).Plain()));

    [Fact]
    public void An_empty_sketch_has_no_variants() => Assert.Empty(LineVector.QueryVariants(new DrawnLines(200, 200).Plain()));

    [Fact]
    public void Near_equal_neighbours_are_merged_into_the_first()
    {
        float[] one = [1, 0],
            near = [0.999f, 0.0447f],
            other = [0, 1];
        Assert.Equal([0, 2], Tiling.Distinct([one, near, other]));
        Assert.Equal([0, 1, 2], Tiling.Distinct([one, near, other], cosine: 1));
    }

    private static double Cosine(float[] one, float[] other) => one.Zip(other, (a, b) => (double)a * b).Sum();
}
