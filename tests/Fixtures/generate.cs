#:package NetVips
#:package NetVips.Native
#:package Magick.NET-Q8-x64
#:property PublishAot=false

// Draws the pictures of this folder: dotnet run generate.cs (HEIC also needs heif-enc, from libheif-examples).
using System.Diagnostics;
using ImageMagick;
using NetVips;

const int Width = 192,
    Height = 128;
var folder = Path.Combine(AppContext.GetData("EntryPointFileDirectoryPath") as string ?? ".", "images");
Directory.CreateDirectory(folder);
string In(string name) => Path.Combine(folder, name);

using var scene = Scene(Width, Height);
scene.Jpegsave(In("scene.jpg"), q: 90, keep: Enums.ForeignKeep.None);
scene.Jpegsave(In("progressive.jpg"), q: 90, interlace: true, keep: Enums.ForeignKeep.None);
scene.Colourspace(Enums.Interpretation.Bw).Jpegsave(In("grey.jpg"), q: 90, keep: Enums.ForeignKeep.None);
scene.IccTransform("cmyk", inputProfile: "srgb").Jpegsave(In("cmyk.jpg"), q: 90, keep: Enums.ForeignKeep.None);
Scene(1201, 803).Jpegsave(In("large-1201x803.jpg"), q: 85, keep: Enums.ForeignKeep.None);
for (var orientation = 2; orientation <= 8; orientation++)
{
    var value = orientation;
    using var rotated = Unrotate(scene, value).Mutate(image => image.Set(GValue.GIntType, "orientation", value));
    rotated.Jpegsave(In($"exif-{value}.jpg"), q: 90, keep: Enums.ForeignKeep.Exif);
}

scene.Pngsave(In("scene.png"), keep: Enums.ForeignKeep.None);
scene.Pngsave(In("interlaced.png"), interlace: true, keep: Enums.ForeignKeep.None);
scene.Pngsave(In("palette.png"), palette: true, keep: Enums.ForeignKeep.None);
(scene.Cast(Enums.BandFormat.Ushort) * 257)
    .Cast(Enums.BandFormat.Ushort)
    .Copy(interpretation: Enums.Interpretation.Rgb16)
    .Pngsave(In("sixteen-bit.png"), keep: Enums.ForeignKeep.None);
using var disc = Image.Sdf(Width, Height, Enums.SdfShape.Circle, r: 50, a: [Width / 2.0, Height / 2.0]) < 0;
using var cutOut = scene.Bandjoin(disc);
cutOut.Pngsave(In("alpha.png"), keep: Enums.ForeignKeep.None);
cutOut.Webpsave(In("alpha-lossless.webp"), lossless: true, keep: Enums.ForeignKeep.None);
scene.Webpsave(In("scene.webp"), q: 90, keep: Enums.ForeignKeep.None);
scene.Gifsave(In("scene.gif"), keep: Enums.ForeignKeep.None);
scene.Tiffsave(In("scene.tif"), compression: Enums.ForeignTiffCompression.Lzw, keep: Enums.ForeignKeep.None);
scene.Heifsave(In("scene.avif"), q: 80, compression: Enums.ForeignHeifCompression.Av1, keep: Enums.ForeignKeep.None);
Animation(scene).Gifsave(In("animated.gif"));
Animation(scene).Webpsave(In("animated.webp"), q: 90);
using (var magick = new MagickImage(In("scene.png")))
{
    magick.Write(In("scene.bmp"), MagickFormat.Bmp3);
}

Process.Start("heif-enc", ["-q", "80", "-o", In("scene.heic"), In("scene.png")]).WaitForExit();

// Nothing in it is symmetrical, so a picture turned the wrong way shows.
static Image Scene(int width, int height)
{
    var sky = Image.Xyz(width, height);
    var across = sky[0] * (255.0 / width);
    var down = sky[1] * (255.0 / height);
    var picture = across.Bandjoin(down, (across - down).Abs()).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
    return picture.Mutate(image =>
    {
        image.DrawRect([230, 40, 30], width / 10, height / 8, width / 4, height / 5, fill: true);
        image.DrawCircle([20, 60, 200], 7 * width / 10, height / 3, height / 5, fill: true);
        image.DrawRect([250, 220, 40], width / 2, 2 * height / 3, width / 3, height / 10, fill: true);
        for (var i = 0; i < 12; i++)
        {
            image.DrawLine([10, 10, 10], i * width / 40, height - 1, width / 3, height / 2);
        }
    });
}

static Image Unrotate(Image upright, int orientation) =>
    orientation switch
    {
        2 => upright.Flip(Enums.Direction.Horizontal),
        3 => upright.Rot180(),
        4 => upright.Flip(Enums.Direction.Vertical),
        5 => upright.Rot90().Flip(Enums.Direction.Horizontal),
        6 => upright.Rot270(),
        7 => upright.Rot270().Flip(Enums.Direction.Horizontal),
        _ => upright.Rot90(),
    };

static Image Animation(Image first)
{
    using var strip = Image.Arrayjoin([first, first.Invert(), first.Flip(Enums.Direction.Horizontal)], across: 1);
    return strip.Mutate(image =>
    {
        image.Set(GValue.GIntType, "page-height", first.Height);
        image.Set(GValue.ArrayIntType, "delay", new[] { 100, 100, 100 });
    });
}
