using Azure;
using Azure.Data.Tables;

namespace Serverless.Pipeline;

/// <summary>Keeps a note fresh as long as the work goes on.</summary>
internal sealed class AttemptNoteKeeper(TableClient table, AttemptNote note, TimeProvider clock)
{
    /// <summary>So often a process says that it is still at it.</summary>
    private static readonly TimeSpan Sign = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource beside = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task signs = Task.CompletedTask;

    public async Task WriteAsync(CancellationToken cancellation)
    {
        await table.UpsertEntityAsync(note.ToEntity(), TableUpdateMode.Replace, cancellation);
        using (ExecutionContext.SuppressFlow())
        {
            // No part of what is traced as the work on this image.
            signs = Task.Run(GiveSignsAsync, CancellationToken.None);
        }
    }

    /// <summary>From now on it may be another image that ends the process.</summary>
    public void IsBesideOthers() => beside.TrySetResult();

    /// <summary>Takes the note out, and with it what ended processes left of the image.</summary>
    public async Task RemoveAsync(IReadOnlyList<string> leftovers)
    {
        done.TrySetResult();
        await signs;
        foreach (var row in leftovers.Append(note.Worker.Id))
        {
            await UnlessStorageFailsAsync(() => table.DeleteEntityAsync(note.Id, row, ETag.All, CancellationToken.None));
        }
    }

    private async Task GiveSignsAsync()
    {
        var current = note;
        while (true)
        {
            var sign = Task.Delay(Sign, clock, CancellationToken.None);
            await (current.IsAlone ? Task.WhenAny(done.Task, sign, beside.Task) : Task.WhenAny(done.Task, sign));
            if (done.Task.IsCompleted)
            {
                return;
            }

            current = current with { IsAlone = current.IsAlone && !beside.Task.IsCompleted };
            await UnlessStorageFailsAsync(() =>
                table.UpsertEntityAsync(current.ToEntity(), TableUpdateMode.Replace, CancellationToken.None)
            );
        }
    }

    /// <summary>A note that stays is this process's own, and taken for none as long as it lives.</summary>
    private static async Task UnlessStorageFailsAsync(Func<Task> request)
    {
        try
        {
            await request();
        }
        catch (Exception error) when (error is RequestFailedException or AggregateException) { }
    }
}
