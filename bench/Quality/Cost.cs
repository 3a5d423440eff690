using System.Diagnostics;
using System.Globalization;
using NetVips;
using Serverless.Duplicates;
using Serverless.Duplicates.Calibration;
using Serverless.Duplicates.PixelMatching;
using Serverless.Imaging;

namespace Bench.Quality;

/// <summary>Processor time of confirming against that of reading and embedding; other work on the machine does not count.</summary>
internal static class Cost
{
    private const int Pairs = 200;
    private const int Pictures = 30;

    public static async Task PrintAsync(IReadOnlyList<Photo> photos, Gate gate)
    {
        var chosen = photos.Take(Pictures).ToList();
        var files = chosen.Select(photo => photo.Picture.JpegsaveBuffer(q: 88)).ToList();
        var originals = new List<Subject>();
        var copies = new List<Subject>();
        foreach (var photo in chosen)
        {
            originals.Add((await gate.ReadAsync(photo.Original))!.Subject);
            copies.Add((await gate.ReadAsync(CopyTransforms.All[originals.Count % CopyTransforms.All.Count].Apply(photo.Picture, new Random(originals.Count))))!.Subject);
        }

        var embedding = await MillisecondsAsync(files.Count, async at => await gate.ReadAsync(files[at]));
        var confirming = await MillisecondsAsync(Pairs, at => Confirm(originals[at % chosen.Count], copies[at % chosen.Count]));
        var differing = await MillisecondsAsync(Pairs, at => Confirm(originals[at % chosen.Count], copies[(at + 7) % chosen.Count]));
        var large = Large(chosen[0].Picture);
        var (a, b) = (Decoded(gate, large.JpegsaveBuffer(q: 92)), Decoded(gate, large.JpegsaveBuffer(q: 70)));
        var detail = await MillisecondsAsync(5, _ => Task.Run(() => DetailComparison.Compare(PictureDetail.Of(a), PictureDetail.Of(b))));
        Console.WriteLine($"Processor ms to compare two originals of {large.Width * large.Height / 1e6:0.0} megapixels in full detail, on top of decoding: {detail:0.0}.");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Processor ms: {embedding:0.00} to read and embed a picture of at most 1,024 points, {confirming:0.00} to confirm a copy, {differing:0.00} to tell two different pictures."));
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
