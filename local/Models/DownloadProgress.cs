using System.Globalization;
using Serverless.Embeddings.Catalogue;
using Spectre.Console;

namespace Local.Models;

/// <summary>Each file's progress: with speed and time left on a terminal, otherwise one line per finished file.</summary>
internal static class DownloadProgress
{
    public static Task<T> ShowAsync<T>(Screen screen, Func<Func<HubFile, IProgress<long>>, Task<T>> download) =>
        screen.Terminal is { } terminal
            ? terminal
                .Progress()
                .Columns(
                    new TaskDescriptionColumn { Alignment = Justify.Left },
                    new ProgressBarColumn(),
                    new DownloadedColumn { Culture = CultureInfo.InvariantCulture },
                    new TransferSpeedColumn { Culture = CultureInfo.InvariantCulture },
                    new RemainingTimeColumn()
                )
                .StartAsync(context =>
                    download(file => new Bar(context.AddTask(Markup.Escape(file.Path), maxValue: Math.Max(1, file.Size))))
                )
            : download(file => new Line(screen, file));

    private sealed class Bar(ProgressTask task) : IProgress<long>
    {
        public void Report(long value) => task.Value = value;
    }

    private sealed class Line(Screen screen, HubFile file) : IProgress<long>
    {
        public void Report(long value)
        {
            if (value >= file.Size)
            {
                screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Path, -36} {file.Size / 1e6, 8:0.0} MB"));
            }
        }
    }
}
