namespace Local;

internal sealed class NodePackagesException(string message) : Exception(message);
