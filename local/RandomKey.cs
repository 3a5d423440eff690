using System.Security.Cryptography;

namespace Local;

internal static class RandomKey
{
    /// <summary>A secret between two programs of this run.</summary>
    public static string Create() => Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
}
