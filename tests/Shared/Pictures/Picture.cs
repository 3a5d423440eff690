using NetVips;

namespace Shared;

/// <summary>A picture that tests draw, or a photograph from the fixtures, and what people do to pictures.</summary>
internal sealed class Picture
{
    private readonly Image image;

    private Picture(Image image) => this.image = image;

    /// <summary>A scene of coloured shapes, the same for the same seed.</summary>
    public static Picture Scene(int seed, int width = 320, int height = 240)
    {
        var random = new Random(seed);
        var pixels = new byte[width * height * 3];
        double[] from = Colour(random),
            to = Colour(random);
        for (var at = 0; at < width * height; at++)
        {
            var share = ((at % width / (double)width) + (at / width / (double)height)) / 2;
            Put(pixels, at, from, to, share);
        }

        for (var shape = 0; shape < 12; shape++)
        {
            double x = random.NextDouble() * width,
                y = random.NextDouble() * height,
                radius = (0.05 + (random.NextDouble() * 0.2)) * height;
            var colour = Colour(random);
            var round = random.Next(2) == 0;
            for (var at = 0; at < width * height; at++)
            {
                double dx = (at % width) - x,
                    dy = (at / width) - y;
                if (round ? (dx * dx) + (dy * dy) < radius * radius : Math.Abs(dx) < radius && Math.Abs(dy) < radius / 2)
                {
                    Put(pixels, at, colour, colour, 0);
                }
            }
        }

        return new Picture(
            Image.NewFromMemoryCopy(pixels, width, height, 3, Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb)
        );
    }

    /// <summary>Lines of one grey (0 to 255) on nothing: circles if dark, rectangles if light.</summary>
    public static Picture LineDrawing(int grey) =>
        new(
            Image
                .Black(240, 180, bands: 4)
                .Copy(interpretation: Enums.Interpretation.Srgb)
                .Mutate(canvas =>
                {
                    double[] ink = [grey, grey, grey, 255];
                    for (var size = 12; size < 80; size += 12)
                    {
                        if (grey < 128)
                        {
                            canvas.DrawCircle(ink, 60 + size, 90, size);
                        }
                        else
                        {
                            canvas.DrawRect(ink, 120 - size, 90 - size, size * 2, size);
                        }
                    }
                })
        );

    /// <summary>A photograph from <c>tests/Fixtures/photos</c>, without its extension.</summary>
    public static Picture Photo(string name) => new(Image.NewFromFile(PhotoFile(name)).CopyMemory());

    public static string PhotoFile(string name) => Path.Combine(RepositoryFolder.Path, "tests", "Fixtures", "photos", $"{name}.jpg");

    public static IEnumerable<string> Photos =>
        Directory
            .GetFiles(Path.Combine(RepositoryFolder.Path, "tests", "Fixtures", "photos"), "*.jpg")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal);

    public byte[] Jpeg(int quality = 85) => image.JpegsaveBuffer(q: quality);

    public byte[] Tiff() => image.TiffsaveBuffer();

    public byte[] Png() => image.PngsaveBuffer();

    public byte[] WebP(int quality = 80) => image.WebpsaveBuffer(q: quality);

    public Picture Resized(double scale) => new(image.Resize(scale));

    /// <summary>Takes a share of the width and height off each side.</summary>
    public Picture Cropped(double share)
    {
        int left = (int)(image.Width * share),
            top = (int)(image.Height * share);
        return new Picture(image.Crop(left, top, image.Width - (2 * left), image.Height - (2 * top)));
    }

    /// <summary>Something is added that was not there: a disc in black and white, its place and radius as shares of the width.</summary>
    public Picture WithDisc(double x, double y, double radius)
    {
        int centreX = (int)(x * image.Width),
            centreY = (int)(y * image.Width),
            size = (int)(radius * image.Width);
        return new Picture(
            image.Mutate(canvas =>
            {
                canvas.DrawCircle([0.0, 0, 0], centreX, centreY, size, fill: true);
                canvas.DrawCircle([255.0, 255, 255], centreX, centreY, size / 2, fill: true);
            })
        );
    }

    public Picture Brighter(double offset) => new(image.Linear([1.0], [offset], uchar: true));

    private static double[] Colour(Random random) => [random.Next(256), random.Next(256), random.Next(256)];

    private static void Put(byte[] pixels, int at, double[] from, double[] to, double share)
    {
        for (var band = 0; band < 3; band++)
        {
            pixels[(at * 3) + band] = (byte)(from[band] + ((to[band] - from[band]) * share));
        }
    }
}
