using System.Globalization;
using SearchEmulator.Definitions;
using SearchEmulator.Http;
using SearchEmulator.Storage;

namespace SearchEmulator.Indexes;

/// <summary>All indexes of the data folder, by name.</summary>
internal sealed class IndexCatalog : IDisposable
{
    private const string ServiceName = "local";
    private readonly Lock _changing = new();
    private readonly SortedDictionary<string, SearchIndex> _indexes = new(StringComparer.Ordinal);
    private readonly string _root;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _delay;
    private long _lastTag;

    public IndexCatalog(string dataFolder, TimeProvider clock, TimeSpan delay)
    {
        _root = Path.Combine(dataFolder, "indexes");
        _clock = clock;
        _delay = delay;
        Directory.CreateDirectory(_root);
        foreach (var folder in Directory.GetDirectories(_root).Order(StringComparer.Ordinal))
        {
            if (IndexFolder.IsDeleted(folder) || !Load(new IndexFolder(folder)))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    public IReadOnlyList<SearchIndex> All()
    {
        lock (_changing)
        {
            return [.. _indexes.Values];
        }
    }

    public SearchIndex? Find(string name)
    {
        lock (_changing)
        {
            return _indexes.GetValueOrDefault(name);
        }
    }

    public SearchIndex Get(string name) => Find(name) ?? throw NotFound(name);

    public SearchIndex GetForDocuments(string name) => Find(name) ?? throw DocumentsNotFound(name);

    public static ServiceException DocumentsNotFound(string name) =>
        new(404, string.Empty, $"The index '{name}' for service '{ServiceName}' was not found.");

    public SearchIndex Create(IndexDefinition definition)
    {
        lock (_changing)
        {
            if (_indexes.ContainsKey(definition.Name))
            {
                throw new ServiceException(
                    400,
                    "ResourceNameAlreadyInUse",
                    $"Cannot create index '{definition.Name}' because it already exists.",
                    "CannotCreateExistingIndex"
                );
            }

            return Add(definition);
        }
    }

    public (SearchIndex Index, bool Created) CreateOrUpdate(
        IndexDefinition definition,
        string? ifMatch,
        string? ifNoneMatch,
        bool mayBeOffline
    )
    {
        lock (_changing)
        {
            var current = _indexes.GetValueOrDefault(definition.Name);
            Preconditions.Check(current?.ETag, ifMatch, ifNoneMatch);
            if (current is null)
            {
                return (Add(definition), true);
            }

            DefinitionChange.Check(current.Definition, definition, mayBeOffline);
            current.ChangeDefinition(definition, NextTag());
            return (current, false);
        }
    }

    public void Delete(string name, string? ifMatch, string? ifNoneMatch)
    {
        lock (_changing)
        {
            var index = _indexes.GetValueOrDefault(name);
            Preconditions.Check(index?.ETag, ifMatch, ifNoneMatch);
            if (index is null)
            {
                throw NotFound(name);
            }

            _indexes.Remove(name);
            index.Delete();
        }
    }

    public void Dispose()
    {
        lock (_changing)
        {
            foreach (var index in _indexes.Values)
            {
                index.Dispose();
            }

            _indexes.Clear();
        }
    }

    private static ServiceException NotFound(string name) =>
        new(
            404,
            "OperationNotAllowed",
            $"No index with the name '{name}' was found in a service named '{ServiceName}'.",
            "IndexNotFoundInService"
        );

    private bool Load(IndexFolder folder)
    {
        if (folder.ReadDefinition() is not var (definition, etag))
        {
            return false;
        }

        _indexes.Add(definition.Name, new SearchIndex(folder, definition, etag, _clock, _delay));
        return true;
    }

    private SearchIndex Add(IndexDefinition definition)
    {
        var path = Path.Combine(_root, definition.Name);
        try
        {
            var index = SearchIndex.Create(IndexFolder.Create(path), definition, NextTag(), _clock, _delay);
            _indexes.Add(definition.Name, index);
            return index;
        }
        catch (IOException failure)
        {
            throw new StorageException($"Could not create {path}: {failure.Message}", failure);
        }
    }

    private string NextTag()
    {
        _lastTag = Math.Max(_lastTag + 1, _clock.GetUtcNow().UtcTicks);
        return string.Create(CultureInfo.InvariantCulture, $"\"0x{_lastTag:X}\"");
    }
}
