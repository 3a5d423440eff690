using System.Security.Cryptography;
using System.Text;

namespace FunctionsHost.Http;

/// <summary>The one key to everything that is not anonymous; without it, everything is open, as with Azure's own local tools.</summary>
internal sealed class FunctionKey(string? key)
{
    private readonly byte[]? _hash = key is null ? null : Hash(key);

    public bool Admits(HttpRequest request) => _hash is null
        || Matches(request.Headers["x-functions-key"])
        || Matches(request.Query["code"]);

    // Hashed first: the comparison must tell nothing about the key, not even its length.
    private bool Matches(string? offered) => offered is not null && CryptographicOperations.FixedTimeEquals(Hash(offered), _hash);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
