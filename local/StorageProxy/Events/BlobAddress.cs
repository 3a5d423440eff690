namespace StorageProxy.Events;

/// <summary>The blob that a path refers to.</summary>
internal sealed record BlobAddress(string Account, string Container, string Name)
{
    /// <summary>Parses a path as Azurite does: decoded as a whole, backslashes as slashes. Null if it names no blob.</summary>
    public static BlobAddress? Parse(string path) =>
        Uri.UnescapeDataString(path).Split('/', 4) is ["", var account, var container, { Length: > 0 } name]
            ? new BlobAddress(account, container, name.Replace('\\', '/'))
            : null;

    /// <summary>Its address, which parses back to this name even if the name has dot segments or outer slashes.</summary>
    public Uri At(Uri endpoint)
    {
        var segments = Name.Split('/');
        var slash = segments is ["", ..] or [.., ""] || Array.Exists(segments, segment => segment is "." or "..") ? "%2F" : "/";
        var path = string.Join(slash, segments.Select(Uri.EscapeDataString));
        return new Uri($"{endpoint.GetLeftPart(UriPartial.Authority)}/{Account}/{Container}/{path}");
    }
}
