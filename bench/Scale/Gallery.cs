using System.Numerics.Tensors;
using System.Security.Cryptography;
using Serverless.Embeddings;
using Serverless.Features;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Storage;

namespace Bench.Scale;

/// <summary>One upload: a picture that is new, the same file as an earlier one, or another file of the same picture.</summary>
/// <param name="Group">All uploads of one picture.</param>
/// <param name="File">Which of its files.</param>
internal sealed record Upload(int Number, int Group, int File)
{
    public ImagePath Path { get; } = new("images", $"{Number % 97}/{Number}.jpg");

    /// <summary>What stands for the file.</summary>
    public byte[] Bytes { get; } = System.Text.Encoding.ASCII.GetBytes($"picture {Group}, file {File}");

    public string Sha256 => field ??= Convert.ToHexStringLower(SHA256.HashData(Bytes));

    public TimeSpan At { get; set; }

    public TimeSpan? DecidedAt { get; set; }
}

/// <summary>
/// The uploads of a run, of which it is known what is a copy of what. A copy comes within the next fifty uploads, so that the index seldom
/// shows its original yet.
/// </summary>
internal sealed class Gallery
{
    public static readonly EmbeddingModel Model = new("simulated", "000000000000", "onnx", 192, 128, new ModelThresholds(0.955, 0.82));

    private const int CopiesWithin = 50;
    private const int Waves = 6;

    private readonly Dictionary<int, (float[] Copy, float[] Embedding, byte[] Luma)> pictures = [];
    private readonly int seed;

    /// <param name="exact">Share of uploads that are the same file as an earlier one.</param>
    /// <param name="alike">Share that are another file of the same picture.</param>
    public Gallery(int count, double exact, double alike, int seed)
    {
        this.seed = seed;
        var random = new Random(seed);
        var due = new PriorityQueue<(int Group, int File), double>();
        var files = new List<int>();
        var uploads = new List<Upload>(count);
        while (uploads.Count < count)
        {
            if (due.TryPeek(out var copy, out var at) && at <= uploads.Count)
            {
                due.Dequeue();
                uploads.Add(new Upload(uploads.Count, copy.Group, copy.File));
                continue;
            }

            var group = files.Count;
            files.Add(1);
            uploads.Add(new Upload(uploads.Count, group, 0));

            // So many copies to each new picture that the shares come out.
            for (var copies = random.NextDouble() * 2 * (exact + alike) / (1 - exact - alike); copies > random.NextDouble(); copies--)
            {
                var isExact = random.NextDouble() < exact / (exact + alike);
                due.Enqueue((group, isExact ? 0 : files[group]++), uploads.Count + (random.NextDouble() * CopiesWithin));
            }
        }

        Uploads = uploads;
        ById = uploads.ToDictionary(upload => upload.Path.Id);
        Files = uploads
            .GroupBy(upload => upload.Group)
            .ToDictionary(group => group.Key, group => group.Select(one => one.Sha256).Distinct().ToArray());
    }

    public IReadOnlyList<Upload> Uploads { get; }

    public IReadOnlyDictionary<string, Upload> ById { get; }

    /// <summary>The SHA-256 of each file of a picture.</summary>
    public IReadOnlyDictionary<int, string[]> Files { get; }

    public int Copies => Uploads.Count - Files.Count;

    /// <summary>What decoding and embedding would find.</summary>
    public ImageFeatures FeaturesOf(Upload upload)
    {
        var picture = PictureOf(upload.Group);
        var random = new Random(HashCode.Combine(seed, upload.Group, upload.File) & int.MaxValue);
        var luma =
            upload.File == 0 ? picture.Luma : [.. picture.Luma.Select(point => (byte)Math.Clamp(point + random.Next(-2, 3), 0, 255))];
        var copy = upload.File == 0 ? picture.Copy : Near(picture.Copy, random);
        return new ImageFeatures(Model, picture.Embedding, copy, [], Fingerprint.Of(luma), Features, null);
    }

    public static CheckedImage ImageOf(Upload upload) =>
        new(upload.Bytes, ImageFormat.Jpeg, upload.Sha256, new Pixels([], 0, 0, default, 1200, 900), null!);

    private (float[] Copy, float[] Embedding, byte[] Luma) PictureOf(int group)
    {
        if (!pictures.TryGetValue(group, out var picture))
        {
            var random = new Random(HashCode.Combine(seed, group) & int.MaxValue);
            pictures[group] = picture = (Unit(Model.CopyDimensions, random), Unit(Model.Dimensions, random), LumaOf(random));
        }

        return picture;
    }

    private static float[] Near(float[] vector, Random random)
    {
        var noise = Unit(vector.Length, random);
        var near = new float[vector.Length];
        TensorPrimitives.MultiplyAdd(noise, 0.1f, vector, near);
        TensorPrimitives.Divide(near, TensorPrimitives.Norm<float>(near), near);
        return near;
    }

    private static float[] Unit(int dimensions, Random random)
    {
        var vector = new float[dimensions];
        for (var at = 0; at < dimensions; at++)
        {
            vector[at] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    /// <summary>A few waves, as little alike in two pictures as photographs are.</summary>
    private static byte[] LumaOf(Random random)
    {
        var sums = new double[Fingerprint.Side * Fingerprint.Side];
        for (var wave = 0; wave < Waves; wave++)
        {
            var across = Turns(random.Next(1, 9), random.NextDouble());
            var down = Turns(random.Next(1, 9), random.NextDouble());
            var height = 8 + (random.NextDouble() * 12);
            for (var at = 0; at < sums.Length; at++)
            {
                var (x, y) = (across[at % Fingerprint.Side], down[at / Fingerprint.Side]);
                sums[at] += height * ((x.Sin * y.Cos) + (x.Cos * y.Sin));
            }
        }

        var luma = Array.ConvertAll(sums, sum => (byte)Math.Clamp(128 + sum, 0, 255));
        return luma;
    }

    private static (double Sin, double Cos)[] Turns(int count, double phase) =>
        [.. Enumerable.Range(0, Fingerprint.Side).Select(at => Math.SinCos(Math.Tau * ((count * at / (double)Fingerprint.Side) + phase)))];

    private static VisualFeatures Features { get; } =
        new()
        {
            Palette = [new PaletteColour(40, 90, 160, 0.5), new PaletteColour(200, 190, 170, 0.5)],
            Foreground = ColourName.Blue,
            Background = ColourName.Gray,
            Brightness = 50,
            Chroma = 20,
            IsBlackAndWhite = false,
            IsTransparent = false,
            IsIsolated = false,
            CopySpace = Places.Top,
            Subject = new Subject(0.2, 0.2, 0.8, 0.9, 0.5),
            Symmetry = 20,
            Sharpness = 50,
            Noise = 5,
        };
}
