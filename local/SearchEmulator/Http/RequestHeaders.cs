namespace SearchEmulator.Http;

internal static class RequestHeaders
{
    /// <summary>Clients say `odata.metadata=none` with and without a space after the semicolon.</summary>
    public static bool WantsMetadata(HttpRequest request) =>
        !request.Headers.Accept.ToString().Contains("odata.metadata=none", StringComparison.OrdinalIgnoreCase);

    public static string ServiceAddress(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    public static string? IfMatch(HttpRequest request) => Single(request.Headers.IfMatch.ToString());

    public static string? IfNoneMatch(HttpRequest request) => Single(request.Headers.IfNoneMatch.ToString());

    private static string? Single(string value) => value.Length == 0 ? null : value;
}
