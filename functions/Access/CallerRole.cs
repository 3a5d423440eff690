using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Serverless.Access;

/// <summary>
/// Derives a caller's role from the key that the Functions host has accepted, or from the token that App Service has verified.
/// </summary>
internal sealed class CallerRole(IOptions<AccessOptions> options)
{
    private const string KeyHeader = "x-functions-key";
    private const string KeyParameter = "code";

    private readonly AccessOptions access = options.Value;
    private readonly (Role Role, byte[] Hash)[] keys = [.. options.Value.Keys.Select(pair => (pair.Role, Hash(pair.Key)))];

    public Role Of(HttpRequest request)
    {
        if (!access.IsOn)
        {
            return Role.Delete;
        }

        var byKey = OfKey(request.Headers[KeyHeader] is [{ Length: > 0 } header] ? header : request.Query[KeyParameter].ToString());
        var byToken = access.AppRoles ? ClientPrincipal.RoleOf(request.Headers[ClientPrincipal.Header]) : Role.None;
        return byKey > byToken ? byKey : byToken;
    }

    /// <summary>Compares hashes, with all keys: the time it takes reveals nothing about any of them.</summary>
    private Role OfKey(string offered)
    {
        var hash = Hash(offered);
        var found = Role.None;
        foreach (var (role, known) in keys)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, known) ? role : found;
        }

        return found;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
