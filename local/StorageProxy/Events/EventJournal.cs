namespace StorageProxy.Events;

/// <summary>
/// A file for each event that is not known to have arrived for good. It outlives this process, however that ends; like Azurite's own
/// files it is not forced onto the disk. An event that was told is kept a while: a storage that dies forgets its last seconds, and with
/// them the message that the event had become.
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

    /// <summary>What an earlier run did not tell, or told shortly before it was killed.</summary>
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

    /// <exception cref="IOException">It cannot be kept.</exception>
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

    /// <summary>Has what was told shortly before told again.</summary>
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

    /// <summary>The storage has ended in peace: nothing that it was told can be lost.</summary>
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
