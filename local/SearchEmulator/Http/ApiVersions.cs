using System.Globalization;

namespace SearchEmulator.Http;

internal static class ApiVersions
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "2020-06-30",
        "2020-06-30-Preview",
        "2021-04-30-Preview",
        "2023-07-01-Preview",
        "2023-10-01-Preview",
        "2023-11-01",
        "2024-03-01-Preview",
        "2024-05-01-preview",
        "2024-07-01",
        "2024-09-01-preview",
        "2024-11-01-preview",
        "2025-03-01-preview",
        "2025-05-01-preview",
        "2025-08-01-preview",
        "2025-09-01",
        "2025-11-01-preview",
        "2026-04-01",
    };

    public static string Require(HttpRequest request)
    {
        var version = request.Query["api-version"].ToString();
        if (version.Length == 0)
        {
            throw ServiceException.BadRequest("The request is missing the required query parameter 'api-version'.", "MissingApiVersion");
        }

        return Known.Contains(version)
            ? version
            : throw ServiceException.BadRequest(
                $"The api-version '{version}' is not supported. Supported versions: "
                    + $"{string.Join(", ", Known.Order(StringComparer.Ordinal))}.",
                "InvalidApiVersion"
            );
    }

    /// <summary>Attributes such as `stored` exist from 2024-07-01 on; older clients do not get to see them.</summary>
    public static bool IsAtLeast(string version, int year, int month)
    {
        var date = DateOnly.ParseExact(version.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return date >= new DateOnly(year, month, 1);
    }
}
