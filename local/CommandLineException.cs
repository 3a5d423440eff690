namespace Local;

internal sealed class CommandLineException(string message) : Exception(message);
