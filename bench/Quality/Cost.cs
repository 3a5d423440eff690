using System.Diagnostics;
using System.Globalization;
using Serverless.Duplicates;
using Serverless.Duplicates.Calibration;

namespace Bench.Quality;

/// <summary>Processor time of confirming against that of reading and embedding; other work on the machine does not count.</summary>
internal static class Cost
{
    private const int Pairs = 200;
    private const int Pictures = 30;

    public static async Task PrintAsync(
        IReadOnlyList<Photo> photos, IReadOnlyList<(Subject A, Subject B)> copies, SubjectReader reader)
    {
        var files = photos.Take(Pictures).Select(photo => photo.Picture.JpegsaveBuffer(q: 88)).ToList();
        var embedding = await MillisecondsAsync(files.Count, async at => await reader.ReadAsync(files[at], default));
        var confirming = await MillisecondsAsync(Pairs, at => Confirm(copies[at * 7 % copies.Count].A, copies[at * 7 % copies.Count].B));
        var differing = await MillisecondsAsync(Pairs, at => Confirm(copies[at * 7 % copies.Count].A, copies[((at * 7) + 400) % copies.Count].B));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Processor ms: {embedding:0.00} to read and embed a picture of at most 1,024 points, {confirming:0.00} to confirm a copy, {differing:0.00} to tell two different pictures."));
    }

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
