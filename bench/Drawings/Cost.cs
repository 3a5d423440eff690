using Bench.Drawings.Sheets;
using Serverless.Drawings;

namespace Bench.Drawings;

/// <summary>Processor time of a sheet, on one thread, so that a busy machine does not change it much.</summary>
internal sealed record Cost(double Megapixels, double Lines, double Parts, double Vectors, double Model, double Detection)
{
    private const int Sheets = 24;
    private const int Warm = 4;

    public static Cost Measure(Options options, Model? model)
    {
        var (pixels, times) = (0.0, new double[5]);
        for (var number = 0; number < Warm + Sheets; number++)
        {
            var page = SheetSource.Of(options.Seed, number).Pixels;
            var (strokes, lines) = Timed(() => LineSheet.Of(page));
            var (tiles, parts) = Timed(() => Tiling.Of(page, strokes));
            var (_, vectors) = Timed(() => Tiling.Distinct([.. tiles.Select(LineVector.Of)]));
            var (_, embedding) = Timed(() => model?.Of(tiles.Select(tile => tile.Pixels)));
            var (_, detection) = Timed(() => LineDrawing.IsLineDrawing(page));
            if (number >= Warm)
            {
                pixels += (double)page.Width * page.Height;
                times = [.. times.Zip([lines, parts, vectors, embedding, detection], (sum, time) => sum + time)];
            }
        }

        return new Cost(
            pixels / Sheets / 1e6,
            times[0] / Sheets,
            times[1] / Sheets,
            times[2] / Sheets,
            times[3] / Sheets,
            times[4] / Sheets
        );
    }

    /// <summary>With the processor time of the process, in milliseconds.</summary>
    private static (T Result, double Milliseconds) Timed<T>(Func<T> work)
    {
        var before = Environment.CpuUsage.TotalTime;
        var result = work();
        return (result, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
    }
}
