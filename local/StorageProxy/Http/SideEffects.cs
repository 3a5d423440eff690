using Microsoft.AspNetCore.Http;
using StorageProxy.Storage;

namespace StorageProxy.Http;

/// <summary>Recognises requests that change nothing.</summary>
internal static class SideEffects
{
    public static bool AreNone(HttpRequest request, StorageService service) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        && !request.Headers.ContainsKey(StorageRequest.MethodOverride)
        && !(service == StorageService.Queue && HidesMessages(request));

    // Receiving messages is a GET, but hides them from everyone else for up to a week.
    private static bool HidesMessages(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Path.Value!.TrimEnd('/').EndsWith("/messages", StringComparison.OrdinalIgnoreCase)
        && request.Query["peekonly"] != "true";
}
