using NetVips;
using Serverless.Duplicates.PixelMatching;

namespace Functions.Tests.Duplicates.PixelMatching;

/// <summary>Pages and smaller copies of them, made with the windows that programs use.</summary>
public sealed class ReducedPageTests
{
    [Theory]
    [InlineData("Lanczos", 85)]
    [InlineData("cubic", 85)]
    [InlineData("linear", 85)]
    [InlineData("mean", 85)]
    [InlineData("Lanczos", 70)]
    [InlineData("Lanczos", 0)]
    [InlineData("cubic", 0)]
    public void One_other_digit_at_half_size_is_a_difference_and_the_page_itself_is_none(string window, int quality)
    {
        var lines = DetailPictures.Numbers(16);
        using var page = DetailPictures.Page(lines, 14, 380);
        var detail = DetailPictures.Detail(page);
        using var half = Half(page, window);
        var same = DetailComparison.Compare(detail, Detail(half, quality));
        Assert.True(same.Verdict == DetailVerdict.Same, same.ToString());

        // Digits that look alike.
        foreach (var (line, column, digit) in Changes(lines))
        {
            var others = lines.ToArray();
            others[line] = others[line][..column] + digit + others[line][(column + 1)..];
            using var changed = DetailPictures.Page(others, 14, 380);
            using var halved = Half(changed, window);
            var match = DetailComparison.Compare(detail, Detail(halved, quality));
            Assert.True(match.Verdict == DetailVerdict.Differs, $"{lines[line]} > {others[line]}: {match}");
        }
    }

    [Fact]
    public void Windows_weigh_what_they_resample()
    {
        foreach (var window in ResamplingWindow.All)
        {
            var plain = new Plane([.. Enumerable.Repeat((byte)90, 40 * 30)], 40, 30);
            var half = PlaneResampling.Resample(plain, new Mapping(2, 2, 0, 0), 20, 15, window);
            Assert.All(half.Values, level => Assert.Equal(90, level));
        }
    }

    private static IEnumerable<(int Line, int Column, char Digit)> Changes(string[] lines)
    {
        (char From, char To)[] alike = [('3', '8'), ('6', '8'), ('0', '8'), ('5', '6'), ('1', '7')];
        foreach (var (from, to) in alike)
        {
            var line = Array.FindIndex(lines, 3, text => text.Contains(from, StringComparison.Ordinal));
            yield return (line, lines[line].IndexOf(from, StringComparison.Ordinal), to);
        }
    }

    private static PictureDetail Detail(Image picture, int quality) =>
        quality == 0 ? DetailPictures.Detail(picture) : DetailPictures.Detail(DetailPictures.Jpeg(picture, quality));

    private static Image Half(Image page, string window) =>
        window switch
        {
            "cubic" => page.Resize(0.5, kernel: Enums.Kernel.Cubic),
            "linear" => page.Resize(0.5, kernel: Enums.Kernel.Linear),
            "mean" => page.Shrink(2, 2).Cast(Enums.BandFormat.Uchar),
            _ => page.Resize(0.5),
        };
}
