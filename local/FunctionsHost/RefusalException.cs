namespace FunctionsHost;

/// <summary>The app will not run before somebody has set it otherwise.</summary>
internal sealed class RefusalException(string message) : HostException(message);
