namespace Local;

internal static class Loopback
{
    /// <summary>Keeps a proxy that the user has set, for npm and others, away from what runs on this machine.</summary>
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
