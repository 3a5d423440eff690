namespace Local;

/// <summary>A problem the user can fix; the message says how, in one sentence.</summary>
internal sealed class LocalRunException(string message) : Exception(message);
