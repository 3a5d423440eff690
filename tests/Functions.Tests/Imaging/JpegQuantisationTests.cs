using NetVips;
using Serverless.Imaging;

namespace Functions.Tests.Imaging;

public sealed class JpegQuantisationTests
{
    [Theory]
    [InlineData(50, false)]
    [InlineData(25, false)]
    [InlineData(25, true)]
    public void The_steps_of_brightness_are_those_of_the_standard_scaled_by_quality(int quality, bool isProgressive)
    {
        using var picture = Image.Black(24, 24, bands: 3).Copy(interpretation: Enums.Interpretation.Srgb);
        var steps = JpegQuantisation.OfBrightness(picture.JpegsaveBuffer(q: quality, interlace: isProgressive));
        Assert.NotNull(steps);

        // The first row of the table in the standard, and the first of its second row.
        float[] standard = [16, 11, 10, 16, 24, 40, 51, 61];
        Assert.Equal(standard.Select(step => step * 50 / quality), steps[..8]);
        Assert.Equal(12f * 50 / quality, steps[8]);
    }

    [Fact]
    public void Of_what_is_no_JPEG_or_ends_early_nothing_is_known()
    {
        using var picture = Image.Black(24, 24, bands: 3).Copy(interpretation: Enums.Interpretation.Srgb);
        var file = picture.JpegsaveBuffer(q: 25);
        var header = file.AsSpan().IndexOf<byte>([0xFF, 0xC0]);
        for (var length = 0; length < header; length++)
        {
            Assert.Null(JpegQuantisation.OfBrightness(file.AsSpan(0, length)));
        }

        Assert.Null(JpegQuantisation.OfBrightness(picture.PngsaveBuffer()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void Steps_that_leave_no_picture_are_not_believed(byte step)
    {
        using var picture = Image.Black(24, 24, bands: 3).Copy(interpretation: Enums.Interpretation.Srgb);
        var file = picture.JpegsaveBuffer(q: 25);
        var table = file.AsSpan().IndexOf<byte>([0xFF, 0xDB, 0, 67, 0]) + 5;
        Assert.True(table >= 5);
        file[table] = step;
        Assert.Null(JpegQuantisation.OfBrightness(file));
    }
}
