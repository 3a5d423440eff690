using System.Text.Json;

namespace Serverless.Access;

/// <summary>
/// A token's claims from App Service authentication: base64 of <c>{"role_typ":…,"claims":[{"typ":…,"val":…}]}</c>. Trustworthy only
/// while that is on, because it then removes the caller's own header of this name.
/// </summary>
internal static class ClientPrincipal
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";
    private const string AppRole = "roles";

    private static readonly Dictionary<string, Role> Roles = new(StringComparer.Ordinal)
    {
        ["Images.Search"] = Role.Search,
        ["Images.Operate"] = Role.Operate,
        ["Images.Delete"] = Role.Delete,
    };

    /// <summary>The highest role among the claims; none if there are none or they cannot be read.</summary>
    public static Role RoleOf(string? header)
    {
        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(header ?? ""));
            var type = document.RootElement.TryGetProperty("role_typ", out var named) ? named.GetString() : null;
            return document
                .RootElement.GetProperty("claims")
                .EnumerateArray()
                .Where(claim => claim.GetProperty("typ").GetString() is { } kind && (kind == AppRole || kind == type))
                .Select(claim => Roles.GetValueOrDefault(claim.GetProperty("val").GetString() ?? ""))
                .DefaultIfEmpty(Role.None)
                .Max();
        }
        catch (Exception error) when (error is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Role.None;
        }
    }
}
