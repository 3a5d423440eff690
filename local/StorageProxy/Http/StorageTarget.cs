namespace StorageProxy.Http;

internal static class StorageTarget
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>The address behind the proxy, with path and query exactly as the client wrote them.</summary>
    public static Uri Of(Uri backend, string rawTarget) => new(backend.GetLeftPart(UriPartial.Authority) + rawTarget, AsWritten);
}
