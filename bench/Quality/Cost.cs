using System.Diagnostics;
using System.Globalization;
using Local.Calibration;
using NetVips;
using Serverless.Duplicates;
using Serverless.Duplicates.PixelMatching;
using Serverless.Imaging;

namespace Bench.Quality;

/// <summary>Processor time of confirming against that of reading and embedding; other work on the machine does not count.</summary>
internal static class Cost
{
    public const string Row = "cost";

    private const int Pairs = 200;
    private const int Pictures = 30;

    /// <summary>Comparisons that are measured, and those before them in which code is compiled.</summary>
    private const int Rounds = 15;
    private const int Warm = 8;

    public static async Task PrintAsync(IReadOnlyList<Photo> photos, Gate gate)
    {
        var chosen = photos.Take(Pictures).ToList();
        var files = chosen.Select(photo => photo.Picture.JpegsaveBuffer(q: 88)).ToList();
        var originals = new List<Subject>();
        var copies = new List<Subject>();
        foreach (var photo in chosen)
        {
            originals.Add((await gate.ReadAsync(photo.Original))!.Subject);
            copies.Add(
                (
                    await gate.ReadAsync(
                        CopyTransforms.All[originals.Count % CopyTransforms.All.Count].Apply(photo.Picture, new Random(originals.Count))
                    )
                )!.Subject
            );
        }

        var embedding = await MillisecondsAsync(files.Count, async at => await gate.ReadAsync(files[at]));
        var confirming = await MillisecondsAsync(Pairs, at => Confirm(originals[at % chosen.Count], copies[at % chosen.Count]));
        var differing = await MillisecondsAsync(Pairs, at => Confirm(originals[at % chosen.Count], copies[(at + 7) % chosen.Count]));
        Detail(gate, chosen[0].Picture);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Processor ms: {embedding:0.00} to read and embed a picture of at most 1,024 points, {confirming:0.00} to confirm a "
                    + $"copy, {differing:0.00} to tell two different pictures."
            )
        );
    }

    /// <summary>Two originals in full detail, on top of decoding.</summary>
    private static void Detail(Gate gate, Image picture)
    {
        using var large = Large(picture);
        using var brighter = large.Linear([1.1], [15.0], uchar: true);
        using var half = large.Resize(0.5);
        using var crop = large.Crop(80, 60, large.Width - 200, large.Height - 150);
        var first = Decoded(gate, large.JpegsaveBuffer(q: 92));
        (string How, byte[] File)[] files =
        [
            ("as JPEG 70", large.JpegsaveBuffer(q: 70)),
            ("brighter", brighter.JpegsaveBuffer(q: 85)),
            ("cut", crop.JpegsaveBuffer(q: 85)),
            ("at half the size", half.JpegsaveBuffer(q: 85)),
        ];
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Processor ms to compare two originals, of which one has {large.Width * large.Height / 1e6:0.0} megapixels, in full "
                    + $"detail, on top of decoding; least and median of {Rounds}:"
            )
        );
        foreach (var (how, file) in files)
        {
            var other = Decoded(gate, file);
            var times = Enumerable
                .Range(0, Warm + Rounds)
                .Select(_ =>
                {
                    var before = Environment.CpuUsage.TotalTime;
                    DetailComparison.Compare(PictureDetail.Of(first), PictureDetail.Of(other));
                    return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
                })
                .Skip(Warm)
                .Order()
                .ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {how}: {times[0]:0.0}, {times[Rounds / 2]:0.0}"));
        }
    }

    /// <summary>A picture of twelve megapixels.</summary>
    private static Image Large(Image picture) => picture.ThumbnailImage(4000, height: 3000, size: Enums.Size.Force).CopyMemory();

    private static Pixels Decoded(Gate gate, byte[] bytes) => gate.Check(bytes)!.Frame(0);

    private static Task Confirm(Subject a, Subject b)
    {
        LumaAligner.Align(a.Fingerprint.Luma, b.Fingerprint.Luma);
        return Task.CompletedTask;
    }

    private static async Task<double> MillisecondsAsync(int count, Func<int, Task> run)
    {
        await run(0);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var at = 0; at < count; at++)
        {
            await run(at);
        }

        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds / count;
    }
}
