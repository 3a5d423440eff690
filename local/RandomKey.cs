using System.Security.Cryptography;

namespace Local;

internal static class RandomKey
{
    /// <summary>A key for two programs of this run, which nobody else has to know.</summary>
    public static string Create() => Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
}
