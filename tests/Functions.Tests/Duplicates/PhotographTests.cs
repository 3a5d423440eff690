using Local.Calibration;
using Microsoft.Extensions.Options;
using NetVips;
using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Imaging;
using Shared;

namespace Functions.Tests.Duplicates;

/// <summary>The pixels alone, on photographs.</summary>
public sealed class PhotographTests
{
    private static readonly ImageReader Reader = new(Options.Create(new ImageLimits()));

    public static TheoryData<string> Copies => [.. CopyTransforms.All.Select(copy => copy.Name)];

    [Theory]
    [MemberData(nameof(Copies))]
    public void Copies_are_confirmed(string transform)
    {
        var missed = new List<string>();
        foreach (var photo in Picture.Photos)
        {
            using var picture = Image.NewFromFile(Picture.PhotoFile(photo)).CopyMemory();
            var copy = CopyTransforms.All.Single(known => known.Name == transform).Apply(picture, new Random(3));
            var (verdict, alignment) = Compare(File.ReadAllBytes(Picture.PhotoFile(photo)), copy);
            if (verdict < PixelVerdict.Agree)
            {
                missed.Add($"{photo}: {alignment}");
            }
        }

        Assert.True(missed.Count == 0, string.Join('\n', missed));
    }

    [Fact]
    public void Frames_that_follow_each_other_are_two_shots_of_a_scene()
    {
        var (verdict, alignment) = Compare(Frame("rubberwhale1"), Frame("rubberwhale2"));
        Assert.Equal(PixelVerdict.Differ, verdict);
        Assert.True(FingerprintRule.HasMoved(alignment), alignment.ToString());
    }

    [Fact]
    public void Neighbouring_crops_differ()
    {
        foreach (var photo in Picture.Photos)
        {
            using var picture = Image.NewFromFile(Picture.PhotoFile(photo)).CopyMemory();
            int width = picture.Width * 3 / 4,
                height = picture.Height * 3 / 4;
            var (verdict, alignment) = Compare(
                picture.Crop(0, 0, width, height).JpegsaveBuffer(),
                picture.Crop(picture.Width / 8, picture.Height / 8, width, height).JpegsaveBuffer()
            );
            Assert.True(verdict == PixelVerdict.Differ, $"{photo}: {alignment}");
        }
    }

    [Fact]
    public void A_transparent_picture_is_compared_as_it_looks()
    {
        using var picture = Image.NewFromFile(Picture.PhotoFile("fruits")).CopyMemory();
        using var hidden = picture.Gravity(Enums.CompassDirection.Centre, picture.Width, picture.Height).Invert();
        using var mask = (Image.Black(picture.Width, picture.Height) + 255).Cast(Enums.BandFormat.Uchar);
        using var half = mask.Insert(Image.Black(picture.Width / 2, picture.Height), 0, 0);

        // The same colours hide under the transparency or do not: what is seen is the same.
        var seen = picture.Bandjoin(half).Copy(interpretation: Enums.Interpretation.Srgb).PngsaveBuffer();
        using var other = hidden.Crop(0, 0, picture.Width / 2, picture.Height);
        using var swapped = picture.Insert(other, 0, 0);
        var alike = swapped.Bandjoin(half).Copy(interpretation: Enums.Interpretation.Srgb).PngsaveBuffer();
        var flattened = picture
            .Bandjoin(half)
            .Copy(interpretation: Enums.Interpretation.Srgb)
            .Flatten(background: [255.0])
            .JpegsaveBuffer();
        Assert.Equal(PixelVerdict.Same, Compare(seen, alike).Verdict);
        Assert.Equal(PixelVerdict.Same, Compare(seen, flattened).Verdict);
        Assert.Equal(PixelVerdict.Differ, Compare(seen, picture.JpegsaveBuffer()).Verdict);
    }

    private static byte[] Frame(string name) =>
        File.ReadAllBytes(Path.Combine(RepositoryFolder.Path, "tests", "Fixtures", "frames", $"{name}.jpg"));

    private static (PixelVerdict Verdict, Alignment Alignment) Compare(byte[] a, byte[] b)
    {
        var alignment = LumaAligner.Align(Reader.Fingerprint(Reader.Check(a).Image!).Luma, Reader.Fingerprint(Reader.Check(b).Image!).Luma);
        return (FingerprintRule.Of(alignment, new DuplicateOptions()), alignment);
    }
}
