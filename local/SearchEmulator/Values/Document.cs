namespace SearchEmulator.Values;

/// <summary>One version of a document. Versions never change; an update makes a new one in a slot of its own.</summary>
internal sealed record Document(string Key, int Slot, object?[] Values);
