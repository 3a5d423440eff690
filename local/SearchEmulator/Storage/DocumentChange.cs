namespace SearchEmulator.Storage;

/// <summary>What a batch did to one document: its new content, or null when it was deleted.</summary>
internal readonly record struct DocumentChange(string Key, object?[]? Values);
