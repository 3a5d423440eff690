namespace FunctionsHost.Diagnostics;

/// <summary>The host cannot start or go on. The message is the one sentence that its user reads.</summary>
internal class HostException(string message) : Exception(message);
