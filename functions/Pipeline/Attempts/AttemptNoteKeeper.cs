using Azure;
using Azure.Data.Tables;

namespace Serverless.Pipeline;

/// <summary>Keeps a note fresh while the work runs.</summary>
internal sealed class AttemptNoteKeeper(TableClient table, AttemptNote note, TimeProvider clock)
{
    /// <summary>How often a process renews its note.</summary>
    private static readonly TimeSpan Sign = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource beside = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task signs = Task.CompletedTask;

    public async Task WriteAsync(CancellationToken cancellation)
    {
        await table.UpsertEntityAsync(note.ToEntity(), TableUpdateMode.Replace, cancellation);
        using (ExecutionContext.SuppressFlow())
        {
            // Not part of this image's trace.
            signs = Task.Run(GiveSignsAsync, CancellationToken.None);
        }
    }

    /// <summary>From now on another image may be the cause of a crash.</summary>
    public void IsBesideOthers() => beside.TrySetResult();

    /// <summary>Removes the note, and those that ended processes left for the image.</summary>
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

    /// <summary>A note that could not be removed does no harm while this process lives.</summary>
    private static async Task UnlessStorageFailsAsync(Func<Task> request)
    {
        try
        {
            await request();
        }
        catch (Exception error) when (error is RequestFailedException or AggregateException) { }
    }
}
