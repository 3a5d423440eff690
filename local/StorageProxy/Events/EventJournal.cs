namespace StorageProxy.Events;

/// <summary>
/// One file per event that may not have arrived for good. Files survive any end of this process; like Azurite's own, they are not flushed
/// to disk. Delivered events are kept for a while: a killed Azurite forgets its last seconds, including the message that an event became.
/// </summary>
internal sealed class EventJournal
{
    /// <summary>Azurite saves every five seconds, and longer where it has much to save.</summary>
    private static readonly TimeSpan Doubtful = TimeSpan.FromSeconds(30);

    private const string Waiting = ".json";
    private const string Told = ".told";
    private const string Unfinished = ".new";

    private readonly string folder;
    private readonly Lock gate = new();
    private readonly Queue<(GridEvent Event, DateTime At)> told = [];

    public EventJournal(string folder) => this.folder = Directory.CreateDirectory(folder).FullName;

    /// <summary>Events that an earlier run did not deliver, or delivered shortly before it was killed.</summary>
    public IReadOnlyList<GridEvent> Load()
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*" + Told))
        {
            File.Move(file, Path.ChangeExtension(file, Waiting), overwrite: true);
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*" + Unfinished))
        {
            File.Delete(file);
        }

        return
        [
            .. Directory
                .EnumerateFiles(folder, "*" + Waiting)
                .Order(StringComparer.Ordinal)
                .Select(file => GridEvent.Read(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)))
                .OfType<GridEvent>(),
        ];
    }

    /// <exception cref="IOException">The event cannot be stored.</exception>
    public void Keep(GridEvent @event)
    {
        var unfinished = FileOf(@event, Unfinished);
        File.WriteAllText(unfinished, @event.Json);
        File.Move(unfinished, FileOf(@event, Waiting));
    }

    public void HasBeenTold(GridEvent @event)
    {
        lock (gate)
        {
            Move(@event, Waiting, Told);
            told.Enqueue((@event, DateTime.UtcNow));
            while (told.TryPeek(out var oldest) && DateTime.UtcNow - oldest.At > Doubtful)
            {
                File.Delete(FileOf(told.Dequeue().Event, Told));
            }
        }
    }

    /// <summary>Redelivers recently delivered events.</summary>
    public IReadOnlyList<GridEvent> Recall()
    {
        lock (gate)
        {
            var recalled = told.Select(item => item.Event).ToList();
            recalled.ForEach(@event => Move(@event, Told, Waiting));
            told.Clear();
            return recalled;
        }
    }

    /// <summary>The storage shut down cleanly, so no delivered event can be lost.</summary>
    public void Settle()
    {
        lock (gate)
        {
            foreach (var (@event, _) in told)
            {
                File.Delete(FileOf(@event, Told));
            }

            told.Clear();
        }
    }

    private void Move(GridEvent @event, string from, string to) => File.Move(FileOf(@event, from), FileOf(@event, to), overwrite: true);

    private string FileOf(GridEvent @event, string state) => Path.Combine(folder, @event.Name + state);
}
