namespace SearchEmulator.Errors;

internal sealed class UsageException(string message) : Exception(message);
