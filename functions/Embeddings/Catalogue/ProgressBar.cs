using System.Globalization;

namespace Serverless.Embeddings.Catalogue;

/// <summary>One line a file: redrawn in place on a terminal, written once at the end elsewhere.</summary>
internal sealed class ProgressBar(TextWriter output, string name, long size) : IProgress<long>
{
    private const int Cells = 30;

    private readonly bool live = output == Console.Error && !Console.IsErrorRedirected;
    private int shown = -1;

    public void Report(long value)
    {
        var share = size == 0 ? Cells : (int)(value * Cells / size);
        var done = value >= size;
        if (share == shown || !(live || done))
        {
            return;
        }

        shown = share;
        output.Write(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(live ? "\r" : string.Empty)}{name, -36} [{new string('#', share)}{new string('.', Cells - share)}] {value / 1e6:0.0} of {size / 1e6:0.0} MB{(done ? Environment.NewLine : string.Empty)}"
            )
        );
    }
}
