using System.Security.Cryptography;
using System.Text;
using SearchEmulator.Http;

namespace SearchEmulator.Authentication;

/// <summary>An admin key may do everything, a query key may only read documents. Roles of Microsoft Entra are not reproduced.</summary>
internal sealed class ApiKeys(string adminKey, string queryKey, bool acceptAnyBearer)
{
    private readonly byte[] _admin = Encoding.UTF8.GetBytes(adminKey);
    private readonly byte[] _query = Encoding.UTF8.GetBytes(queryKey);

    public void Authorize(HttpRequest request, Resource resource)
    {
        var key = Encoding.UTF8.GetBytes(request.Headers["api-key"].ToString());
        if (Matches(key, _admin) || (Matches(key, _query) && IsQuery(resource, request.Method)) || HasBearer(request))
        {
            return;
        }

        throw new ServiceException(
            403,
            "Forbidden",
            key.Length == 0
                ? "Access denied: the request carries no api-key."
                : "Access denied: the api-key is not valid for this operation."
        );
    }

    private static bool IsQuery(Resource resource, string method) =>
        resource switch
        {
            Resource.Documents or Resource.Document or Resource.DocumentCount => method == HttpMethods.Get,
            Resource.Search or Resource.Suggest or Resource.Autocomplete => true,
            _ => false,
        };

    private bool HasBearer(HttpRequest request) =>
        acceptAnyBearer && request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    private static bool Matches(byte[] given, byte[] expected) =>
        expected.Length > 0 && CryptographicOperations.FixedTimeEquals(given, expected);
}
