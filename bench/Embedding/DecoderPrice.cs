using NetVips;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Serverless.Imaging.Managed;

namespace Bench.Embedding;

/// <summary>What decoding by managed code costs in place of native code: processor time as a ratio, alternating in one process.</summary>
internal static class DecoderPrice
{
    public const string Verb = "decoders";

    private const int ShortSide = 256;
    private const int Rounds = 9;

    public static void Print(string photos)
    {
        (string Name, ImageFormat Format, byte[] Bytes)[] files =
        [
            .. Sizes(Directory.EnumerateFiles(photos, "*.jpg").Order(StringComparer.Ordinal).First()),
        ];
        var (native, managed) = (new NativeCodec(), new ManagedCodec());
        Console.WriteLine($"Decoding for the index (short side {ShortSide}), processor time, median of {Rounds} alternating rounds");
        foreach (var (name, format, bytes) in files)
        {
            var times = Enumerable.Range(0, Rounds + 1).Select(_ => (Native: Time(native), Managed: Time(managed))).Skip(1).ToList();
            var (a, b) = (Median(times.Select(time => time.Native)), Median(times.Select(time => time.Managed)));
            Console.WriteLine($"{name, -24} libvips {a, 7:0.0} ms   ImageSharp {b, 7:0.0} ms   {b / a:0.0} times");

            double Time(IImageCodec codec)
            {
                var before = Environment.CpuUsage.TotalTime;
                codec.Decode(bytes, format, ShortSide);
                return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
            }
        }
    }

    private static IEnumerable<(string Name, ImageFormat Format, byte[] Bytes)> Sizes(string photo)
    {
        using var image = Image.NewFromFile(photo);
        foreach (var (width, height) in ((int, int)[])[(4000, 3000), (1600, 1200)])
        {
            using var large = image.ThumbnailImage(width, height: height, size: Enums.Size.Force);
            yield return ($"JPEG {width} x {height}", ImageFormat.Jpeg, large.JpegsaveBuffer(q: 90));
            yield return ($"PNG {width} x {height}", ImageFormat.Png, large.PngsaveBuffer());
            yield return ($"WebP {width} x {height}", ImageFormat.Webp, large.WebpsaveBuffer(q: 90));
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
