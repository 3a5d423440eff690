using SearchEmulator.Definitions;
using SearchEmulator.Documents;
using SearchEmulator.Storage;

namespace SearchEmulator.Indexes;

/// <summary>
/// One index: its definition, its documents in memory, and their log. Writers take turns and reach the disk before they answer;
/// queries run side by side and see what has become visible.
/// </summary>
internal sealed class SearchIndex : IDisposable
{
    /// <summary>A log is compacted once it is this large and mostly holds what was replaced or deleted.</summary>
    private const long CompactFrom = 16 << 20;
    private const int RecordsPerCompaction = 500;

    private readonly Lock _writing = new();
    private readonly ReaderWriterLockSlim _reading = new();
    private readonly IndexFolder _folder;
    private readonly DocumentTable _table;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _delay;
    private DocumentLog _log;
    private long _compactAbove;
    private bool _deleted;

    /// <summary>Opens what the folder holds.</summary>
    public SearchIndex(IndexFolder folder, IndexDefinition definition, string etag, TimeProvider clock, TimeSpan delay)
    {
        _folder = folder;
        _clock = clock;
        _delay = delay;
        ETag = etag;
        _table = new DocumentTable(definition);
        _log = folder.OpenLog(record => _table.Apply(ChangeCodec.Decode(record, definition), DateTimeOffset.MinValue));
        _table.Publish(DateTimeOffset.MinValue);
        _compactAbove = CompactFrom;
    }

    public string ETag { get; private set; }

    public IndexDefinition Definition => _table.Definition;

    public long StorageBytes => _log.Length;

    public static SearchIndex Create(IndexFolder folder, IndexDefinition definition, string etag, TimeProvider clock, TimeSpan delay)
    {
        var index = new SearchIndex(folder, definition, etag, clock, delay);
        try
        {
            // Last, for it is what makes the folder an index.
            folder.WriteDefinition(definition, etag);
            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>Runs a query on the documents visible now. The view is valid only inside.</summary>
    public T Read<T>(Func<DocumentTable, T> query, bool needsText = false)
    {
        PublishDue(needsText);
        _reading.EnterReadLock();
        try
        {
            return query(_table);
        }
        finally
        {
            _reading.ExitReadLock();
        }
    }

    /// <summary>
    /// Decides what a batch does to the documents as they are, writes that to disk, and only then makes it known.
    /// </summary>
    public T Write<T>(Func<DocumentTable, (T Result, IReadOnlyList<DocumentChange> Changes)> decide)
    {
        lock (_writing)
        {
            ThrowIfDeleted();
            // No reader changes the table, and no other writer is here: reading it needs no lock.
            var (result, changes) = decide(_table);
            if (changes.Count > 0)
            {
                _log.Append(ChangeCodec.Encode(changes, Definition));
                // Without a delay nothing may depend on the clock, which can be set back.
                Change(() => _table.Apply(changes, _delay == TimeSpan.Zero ? DateTimeOffset.MinValue : _clock.GetUtcNow() + _delay));
                PublishDue(needsText: false);
                CompactIfWorthwhile();
            }

            return result;
        }
    }

    public void ChangeDefinition(IndexDefinition definition, string etag)
    {
        lock (_writing)
        {
            ThrowIfDeleted();
            _folder.WriteDefinition(definition, etag);
            Change(() => _table.ChangeDefinition(definition));
            ETag = etag;
        }
    }

    public void Delete()
    {
        lock (_writing)
        {
            _deleted = true;
            _log.Dispose();
            _folder.Delete();
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _deleted = true;
            _log.Dispose();
            _reading.Dispose();
        }
    }

    private void PublishDue(bool needsText)
    {
        _reading.EnterUpgradeableReadLock();
        try
        {
            var now = _clock.GetUtcNow();
            if (_table.NextDue <= now || (needsText && _table.Text is null))
            {
                _reading.EnterWriteLock();
                try
                {
                    _table.Publish(now);
                    if (needsText)
                    {
                        _table.BuildText();
                    }
                }
                finally
                {
                    _reading.ExitWriteLock();
                }
            }
        }
        finally
        {
            _reading.ExitUpgradeableReadLock();
        }
    }

    private void Change(Action change)
    {
        _reading.EnterWriteLock();
        try
        {
            change();
        }
        finally
        {
            _reading.ExitWriteLock();
        }
    }

    private void CompactIfWorthwhile()
    {
        if (_log.Length < _compactAbove)
        {
            return;
        }

        try
        {
            _log = _folder.ReplaceLog(_log, Records());
        }
        catch (StorageException)
        {
            // The old log is complete and stays in use; the batch itself is safe. Try again after more has been written.
        }

        _compactAbove = Math.Max(CompactFrom, _log.Length * 2);
    }

    private IEnumerable<byte[]> Records() =>
        _table
            .Latest.Chunk(RecordsPerCompaction)
            .Select(documents =>
                ChangeCodec.Encode(documents.Select(document => new DocumentChange(document.Key, _table.Detach(document))), Definition)
            );

    private void ThrowIfDeleted()
    {
        if (_deleted)
        {
            throw IndexCatalog.DocumentsNotFound(Definition.Name);
        }
    }
}
