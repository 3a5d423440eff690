namespace SearchEmulator.Storage;

/// <summary>The disk refused a write (full, read-only, failing). Nothing of it was kept, so the same request may be sent again.</summary>
internal sealed class StorageException(string message, Exception inner) : Exception(message, inner);

/// <summary>A file holds something else than what was written. Start-up must not guess.</summary>
internal sealed class DamagedFileException(string message) : Exception(message);
