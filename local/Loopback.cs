namespace Local;

internal static class Loopback
{
    /// <summary>Bypasses the user's HTTP proxy, set for npm and others, for everything on this machine.</summary>
    public static void BypassProxy()
    {
        foreach (var name in (string[])["NO_PROXY", "no_proxy"])
        {
            Environment.SetEnvironmentVariable(name, WithLoopback(Environment.GetEnvironmentVariable(name)));
        }
    }

    internal static string WithLoopback(string? hosts) =>
        string.IsNullOrEmpty(hosts) ? "127.0.0.1,localhost" : $"{hosts},127.0.0.1,localhost";
}
