using Serverless.Features;
using Shared;

namespace Functions.Tests.Features;

/// <summary>The names of colours, against what people call them.</summary>
public sealed class ColourNamesTests
{
    [Theory]
    [InlineData("#000000", "Black")]
    [InlineData("#ffffff", "White")]
    [InlineData("#808080", "Gray")]
    [InlineData("#ff0000", "Red")]
    [InlineData("#ffa500", "Orange")]
    [InlineData("#ffff00", "Yellow")]
    [InlineData("#008000", "Green")]
    [InlineData("#008080", "Teal")]
    [InlineData("#0000ff", "Blue")]
    [InlineData("#800080", "Purple")]
    [InlineData("#ffc0cb", "Pink")]
    [InlineData("#8b4513", "Brown")]
    public void Each_name_has_its_own_colour(string hex, string name) =>
        Assert.Equal(name, PaletteColour.Parse(hex)!.Value.Name.ToString());

    [Theory]
    [InlineData("xkcd.tsv", true, 0.83)]
    [InlineData("css.tsv", false, 0.8)]
    public void People_agree_with_the_names_of_colours_that_nothing_was_fitted_to(string table, bool isHalf, double least)
    {
        var named = File.ReadAllLines(Path.Combine(RepositoryFolder.Path, "tests", "Fixtures", "colours", table))
            .Where((_, line) => !isHalf || line % 2 == 1)
            .Select(line => line.Split('\t'))
            .ToList();
        var same = named.Where(row =>
            PaletteColour.Parse(row[1])!.Value.Name.ToString().Equals(row[2], StringComparison.OrdinalIgnoreCase)
        );
        Assert.InRange(same.Count() / (double)named.Count, least, 1);
    }

    [Fact]
    public void Every_colour_survives_the_way_to_OKLab_and_back()
    {
        for (var rgb = 0; rgb < 1 << 24; rgb += 4099)
        {
            var (red, green, blue) = ((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
            Assert.Equal((red, green, blue), OkLab.Of(red, green, blue).ToRgb());
        }
    }

    [Theory]
    [InlineData("gray", "Gray")]
    [InlineData("Grey", "Gray")]
    [InlineData("3", null)]
    [InlineData("red,blue", null)]
    [InlineData("", null)]
    public void Only_names_are_names(string text, string? name) => Assert.Equal(name, ColourNames.Parse(text)?.ToString());

    [Fact]
    public void Colours_within_a_distance_are_in_the_cells_near_to_it()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var (one, other) = (Any(), Any());
            Assert.True(one.DistanceTo(other) > 0.1 || PaletteCell.Near(one, 0.1).Contains(PaletteCell.Of(other)));
        }

        Assert.DoesNotContain(PaletteCell.Of(OkLab.Of(255, 0, 0)), PaletteCell.Near(OkLab.Of(0, 0, 255), 0.2));

        OkLab Any() => OkLab.Of((byte)random.Next(90, 160), (byte)random.Next(90, 160), (byte)random.Next(90, 160));
    }
}
