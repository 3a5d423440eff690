namespace FunctionsHost.Diagnostics;

/// <summary>The host cannot start or continue. The message is the one sentence that the user sees.</summary>
internal class HostException(string message) : Exception(message);
