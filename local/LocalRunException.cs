namespace Local;

/// <summary>Something that the user can put right; the message says what, in one sentence.</summary>
internal sealed class LocalRunException(string message) : Exception(message);
